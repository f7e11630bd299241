"""Importing course_lib.inference leaves the process fit for a fork; its folders import one way."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import course_lib.inference as inference

BASE = {"model", "hamiltonian", "diagnostics", "adaptation", "result"}
MAY_IMPORT = {
    "model": set(),
    "hamiltonian": {"model"},
    "diagnostics": set(),
    "adaptation": {"model", "hamiltonian"},
    "result": {"hamiltonian", "diagnostics"},
    "run_checks": {"model", "result"},
    "readable": BASE | {"run_checks"},
    "compiled": BASE | {"run_checks"},
    "__init__": BASE | {"run_checks", "readable", "compiled"},
}
"""What each folder and file of course_lib/inference may import of the others."""
ROOT = Path(inference.__file__).parent

FORK = """
import os, signal, sys
import tensorflow               # brings modules of its own choice
before = set(sys.modules)
import course_lib.inference
threads = len(os.listdir("/proc/self/task"))
roots = {name.split(".")[0] for name in set(sys.modules) - before}
heavy = sorted({"matplotlib", "arviz", "IPython", "ipywidgets", "tqdm"} & roots)
heavy += sorted(n for n in sys.modules if n.startswith("course_lib.") and "inference" not in n)
child = os.fork()
if child == 0:
    signal.alarm(60)        # tf.function hangs in a fork whose parent has run an operation
    from course_lib.inference import TFModel
    model = TFModel(lambda q: -0.5 * q**2, [2.0])
    os._exit(0 if model.gradient([2.0])[0] == -2.0 else 1)
_, status = os.waitpid(child, 0)
print(threads, heavy, os.waitstatus_to_exitcode(status))
"""


def test_starts_no_thread_and_runs_no_operation_so_a_fork_can_sample():
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", FORK],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env=environment,
    )
    assert done.stdout.strip() == "1 [] 0", done.stdout + done.stderr


def modules_imported(path):
    """The modules that a file imports with `import` or `from`, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield node.module


def test_every_folder_has_its_place():
    found = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert found - {"__pycache__"} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_one_way(path):
    place = path.relative_to(ROOT).parts[0].removesuffix(".py")
    ours = [name.split(".") for name in modules_imported(path) if name.startswith("course_lib")]
    assert all(parts[1] == "inference" for parts in ours), "nothing else of course_lib"
    assert {parts[2] for parts in ours} - {place} <= MAY_IMPORT[place]
