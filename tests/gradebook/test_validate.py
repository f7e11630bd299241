"""`nbgrader validate`, the real command: what it leaves alone, and what it says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
FREE = "open('demonstrated', 'w').close(); price = 3"


def graded(name: str, source: str, **more):
    about = {"grade_id": name, "schema_version": 3, "locked": False, "task": False}
    about |= {"grade": False, "solution": False} | more
    return new_code_cell(source, metadata={"nbgrader": about})


def validate(folder: Path, test: str, *others: str) -> tuple[str, bool]:
    """What the command says of a notebook, and whether its demonstration was run."""
    cells = [
        new_code_cell(FREE, metadata={"tags": ["demonstration"]}),
        graded("f", "def f(x):\n    return 3 * x", solution=True),
        *map(new_code_cell, others),
        graded("check_f", test, grade=True, points=1),
    ]
    nbformat.write(new_notebook(cells=cells), folder / "sheet.ipynb")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    done = subprocess.run(
        [BIN / "nbgrader", "validate", "sheet.ipynb"],
        cwd=folder,
        env=os.environ | {"PATH": f"{BIN}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, (folder / "demonstrated").exists()


@pytest.mark.parametrize(
    ("test", "others", "passes", "runs"),
    [
        ("assert f(2) == 6", ["print(price)"], True, False),  # … nor what only shows it
        ("assert f(2) == 7", [], False, False),
        ("assert f(2) == 2 * price", [], True, True),
        ("assert f(2) == total", ["total = 2 * price"], True, True),
    ],
)
def test_a_demonstration_runs_only_where_a_test_needs_it(tmp_path, test, others, passes, runs):
    said, ran = validate(tmp_path, test, *others)
    assert ("Success! Your notebook passes all the tests." in said) == passes, said
    assert ("The following cell failed" in said) != passes
    assert ran == runs
    assert "skip-execution" not in (tmp_path / "sheet.ipynb").read_text()
