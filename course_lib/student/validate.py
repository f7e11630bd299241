"""`nbgrader validate`, and the hub's Validate button, judge as `course check` does.

In nbgrader_config.py:

    c.Execute.on_notebook_start = judge_exercises

nbclient calls it when the kernel is up and no cell has run. The notebook, which is nbgrader's copy
in memory, is run and tried in a process of its own; each test cell gets what came of its exercise,
and all cells get the tag with which nbclient passes them over. A plain nbgrader notebook, whose
test cells are no exercises of an assignment here, is run by nbclient, without long demonstrations
that nothing graded needs. No file is changed.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from course_lib.errors import UnusableError
from course_lib.notebook.cell import CHECK_PREFIX
from course_lib.notebook.dependencies import choose
from course_lib.notebook.reading import cells_of
from course_lib.student.runner import Event, Runner
from course_lib.student.student_notebook import StudentNotebook, parse

SKIP = "skip-execution"  # nbclient's word


def judge_exercises(notebook: NotebookNode) -> None:
    """Put what came of each exercise below its test cell; leave nothing to run."""
    data, path = nbformat.writes(notebook).encode(), Path.cwd() / "notebook.ipynb"
    try:
        mine = parse(data, path)
    except UnusableError:
        leave_demonstrations(notebook)
        return
    exercises = mine.assignment.exercises
    tests = {cell.exercise: cell.number for cell in cells_of(notebook) if cell.role == "test"}
    if not tests.keys() <= exercises.keys():
        leave_demonstrations(notebook)
        return
    results = {} if mine.untouched else _results(mine, data, path)
    for name, exercise in exercises.items():
        if name in tests:
            cell = notebook.cells[tests[name] - 1]
        else:  # an editor has dropped what nbgrader knows it by
            cell = _test_cell(name, exercise.points)
            notebook.cells.append(cell)
        cell.outputs = _shown(name, results)
    for cell in notebook.cells:
        cell.metadata.tags = [*cell.metadata.get("tags", []), SKIP]


def _results(notebook: StudentNotebook, data: bytes, path: Path) -> dict[str, Event]:
    """What came of each exercise, by its name."""
    with Runner(notebook.assignment.name, secrets.randbits(31), path) as runner:
        runner.tell(data)
        return {e["exercise"]: e for e in runner.events() if e["event"] == "result"}


def _shown(name: str, results: Mapping[str, Event]) -> list[NotebookNode]:
    """No output where every point is earned, for that is how nbgrader sees it; else an error."""
    result = results.get(name)
    if result is not None and result["earned"] >= result["points"]:
        return []
    text = (result or {}).get("text") or f"{name} is not written yet."
    lines = text.splitlines()
    return [new_output("error", ename="AssertionError", evalue=lines[0], traceback=lines)]


def _test_cell(name: str, points: float) -> NotebookNode:
    about = {
        "grade": True,
        "solution": False,
        "locked": False,
        "task": False,
        "grade_id": f"{CHECK_PREFIX}{name}",
        "points": points,
        "schema_version": 3,
    }
    return new_code_cell(f"check({name})", metadata={"nbgrader": about})


def leave_demonstrations(notebook: NotebookNode) -> None:
    """Tag the cells of `notebook` that validation can do without."""
    # Validation runs test cells, so what they read is needed, as for solutions.
    cells = [
        replace(cell, role="solution") if cell.is_answer or cell.is_graded else cell
        for cell in cells_of(notebook)
    ]
    for cell in choose(cells, ()).skipped:
        metadata = notebook.cells[cell.number - 1].metadata
        metadata.tags = [*metadata.get("tags", []), SKIP]
