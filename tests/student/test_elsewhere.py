"""A student's side on a system without alarm clocks, forks, /proc and POSIX's modules.

`elsewhere/sitecustomize.py` takes them away from every Python process that is started here.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path, PureWindowsPath

import pytest

from course_lib.authoring.wheel import assignment_wheel, engine_wheel
from course_lib.claims.loading import load
from course_lib.student import which_assignment
from tests.cli.conftest import run

HERE = Path(__file__).parent
TINY = HERE.parent / "courses" / "tiny"
ASSIGNMENT = "01_basics"
SLEEPS = "import time\n\n\ndef {name}(*_):\n    time.sleep(1e6)"
LOOPS = "def {name}(*_):\n    while True:\n        pass"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a student there, who has installed the two wheels of the archive."""
    site = tmp_path_factory.mktemp("site")
    for wheel in (engine_wheel(), assignment_wheel(load(ASSIGNMENT, TINY), [])):
        zipfile.ZipFile(io.BytesIO(wheel.data)).extractall(site)
    path = os.pathsep.join([str(HERE / "elsewhere"), str(site)])
    return {**os.environ, "PYTHONPATH": path, "PYTHONWARNDEFAULTENCODING": "1"}


def notebook(folder: Path, **replaced: str) -> Path:
    """The instructor's notebook with some solutions replaced, in a student's folder."""
    folder.mkdir()
    document = json.loads((TINY / "source" / ASSIGNMENT / "basics.ipynb").read_text("utf-8"))
    for cell in document["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in replaced:
            cell["source"] = replaced[name].format(name=name)
    path = folder / "basics.ipynb"
    path.write_text(json.dumps(document), "utf-8")
    return path


def test_it_is_another_system_and_the_students_package(
    tmp_path: Path, elsewhere: dict[str, str]
) -> None:
    code = (
        "import os, signal, course_lib;"
        "assert not hasattr(os, 'fork') and not hasattr(signal, 'setitimer');"
        "print(course_lib.__file__)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, env=elsewhere, capture_output=True
    )
    assert done.stdout.decode().startswith(elsewhere["PYTHONPATH"].split(os.pathsep)[1])


def test_a_right_notebook_earns_every_point(tmp_path: Path, elsewhere: dict[str, str]) -> None:
    path = notebook(tmp_path / "student")
    done = run("check", path.name, cwd=path.parent, env=elsewhere)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("endless", [LOOPS, SLEEPS])
def test_what_does_not_end_costs_itself_alone(
    tmp_path: Path, elsewhere: dict[str, str], endless: str
) -> None:
    path = notebook(tmp_path / "student", mean=endless)
    done = run("check", path.name, cwd=path.parent, env=elsewhere)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "mean: 0 of " in done.stdout and "a loop that does not end" in done.stdout
    assert done.stdout.count("every claim holds") == len(load(ASSIGNMENT, TINY).exercises) - 1


@pytest.mark.slow
def test_a_cell_that_does_not_end_costs_itself_alone(
    tmp_path: Path, elsewhere: dict[str, str]
) -> None:
    path = notebook(tmp_path / "student", mean=SLEEPS + "\n\n\nmean(1)")
    done = run("check", path.name, cwd=path.parent, env=elsewhere)
    assert "mean: 0 of " in done.stdout and "a loop that does not end" in done.stdout
    assert done.stdout.count("every claim holds") == len(load(ASSIGNMENT, TINY).exercises) - 1


@pytest.mark.parametrize(
    "path",
    [
        r"C:\Users\Ada\course\01_basics\basics.ipynb",
        r"\\server\home\ada\01_basics\Copy of basics.ipynb",
        r"D:\basics.ipynb",
    ],
)
def test_a_notebook_is_known_by_its_path_on_windows(path: str) -> None:
    known = [load(name, TINY) for name in (ASSIGNMENT, "02_energy")]
    (found,) = which_assignment._mentioned(known, PureWindowsPath(path))
    assert found.name == ASSIGNMENT
