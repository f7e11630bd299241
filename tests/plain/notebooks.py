"""A plain nbgrader notebook, and a class that hands it in."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

Notebook = dict[str, Any]

PYTHON = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}

SOLUTION = """def mean(values):
    ### BEGIN SOLUTION
    if not values:
        raise ValueError("no values")
    return sum(values) / len(values)
    ### END SOLUTION"""
TEST = """assert mean([1, 3]) == 2, "the mean of 1 and 3 is 2"
### BEGIN HIDDEN TESTS
assert mean([5]) == 5, "a single value is its own mean"
try:
    mean([])
except ValueError:
    pass
else:
    raise AssertionError("an empty list has no mean")
### END HIDDEN TESTS"""
PARTIAL = """right = sum(mean([n, n + 2]) == n + 1 for n in range(4))
right / 4 * 2"""


def cell(source: str, kind: str = "code", **grading: Any) -> dict[str, Any]:
    """One cell; `grading` is its nbgrader metadata."""
    about = {"nbgrader": {"schema_version": 3, "locked": False, **grading}} if grading else {}
    made: dict[str, Any] = {"cell_type": kind, "metadata": about, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def graded_by(source: str, name: str, points: float) -> dict[str, Any]:
    """A test cell, as nbgrader marks one."""
    about = {"grade_id": name, "grade": True, "solution": False, "task": False, "points": points}
    return cell(source, **about)


def notebook(*cells: dict[str, Any], metadata: dict[str, Any] | None = None) -> Notebook:
    """A notebook of these cells."""
    about = PYTHON if metadata is None else metadata
    return {"cells": list(cells), "metadata": about, "nbformat": 4, "nbformat_minor": 4}


def instructors() -> Notebook:
    """Two tests of one function, one with hidden lines, one with partial credit; two by hand."""
    answer = {"grade_id": "why", "grade": True, "solution": True, "task": False, "points": 1}
    task = {"grade_id": "plot", "grade": False, "solution": False, "task": True, "points": 2}
    return notebook(
        cell("# Means", "markdown"),
        cell("import math"),
        cell(SOLUTION, grade_id="mean", grade=False, solution=True, task=False),
        graded_by(TEST, "test_mean", 2),
        graded_by(PARTIAL, "test_many", 2),
        cell("Because.", "markdown", **answer),
        cell("Plot it.", "markdown", **task | {"locked": True}),
    )


def replaced(nb: Notebook, **sources: str) -> Notebook:
    """A copy with other text in the cells of these names."""
    nb = copy.deepcopy(nb)
    for each in nb["cells"]:
        name = each["metadata"].get("nbgrader", {}).get("grade_id")
        if name in sources:
            each["source"] = sources[name]
    return nb


def copied(nb: Notebook, name: str) -> Notebook:
    """A copy with the cell of this name there twice, as copy and paste makes it."""
    nb = copy.deepcopy(nb)
    places = [k for k, each in enumerate(nb["cells"]) if _name(each) == name]
    nb["cells"].insert(places[0], copy.deepcopy(nb["cells"][places[0]]))
    return nb


def _name(each: dict[str, Any]) -> str | None:
    found: str | None = each["metadata"].get("nbgrader", {}).get("grade_id")
    return found


RIGHT = SOLUTION.replace("    ### BEGIN SOLUTION\n", "").replace("\n    ### END SOLUTION", "")
CLASS = {
    "right": RIGHT,
    "wrong": "def mean(values):\n    return max(values)",
    "half": "def mean(values):\n    return sum(values) / 2",
    "fails_hidden": "def mean(values):\n    return sum(values) / max(len(values), 1)",
    "raises": "def mean(values):\n    return values.mean()",
    "syntax": "def mean(values)\n    return 0",
    "some": "def mean(values):\n    return sum(values) / len(values) if values[0] < 2 else 0",
    "prints": RIGHT + "\nprint('done')\nmean([4])",
    "renamed": RIGHT.replace("def mean", "def average"),
}


def write(nb: Notebook, path: Path) -> Path:
    """Write it, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(nb))
    return path


def hand_in_class(root: Path, assignment: str, released: Notebook) -> list[str]:
    """Hand in the class's work under `root/submitted/`; who did."""
    work = {name: replaced(released, mean=source) for name, source in CLASS.items()}
    work["blank"] = copy.deepcopy(released)
    work["copied"] = copied(replaced(released, mean=RIGHT), "mean")
    work["wrote"] = replaced(released, mean=RIGHT, why="Because it is the balance point.")
    work["cheats"] = replaced(released, test_mean="assert True", test_many="2")
    for student, nb in work.items():
        write(nb, root / "submitted" / student / assignment / "means.ipynb")
    return sorted(work)
