"""The five ways in which a notebook is judged, each as people run it: points by exercise.

check(path), watch(path)          # a student's terminal
validated(path)                   # nbgrader validate: True where an exercise has every point
graded(root, assignment)          # course grade, and nbgrader autograde, for a class
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat

from course_lib.student.runner import Runner
from course_lib.student.student_notebook import read
from course_lib.student.validate import judge_exercises

Points = dict[str, float]
BIN = Path(sys.executable).parent
SEED = 7


def check(path: Path) -> Points:
    """What `course check` finds: an untouched notebook is not run."""
    notebook = read(path)
    nothing = dict.fromkeys(notebook.assignment.exercises, 0.0)
    return nothing if notebook.untouched else nothing | _of(Runner(*_for(path)), path)


def watch(path: Path) -> Points:
    """What `course watch` finds at a save: its process was ready before, and runs whatever is."""
    runner = Runner(*_for(path))
    return dict.fromkeys(read(path).assignment.exercises, 0.0) | _of(runner, path)


def _for(path: Path) -> tuple[str, int, Path]:
    return read(path).assignment.name, SEED, path


def _of(runner: Runner, path: Path) -> Points:
    with runner:
        runner.tell(path.read_bytes())
        results = [event for event in runner.events() if event["event"] == "result"]
    return {event["exercise"]: event["earned"] for event in results}


def validated(path: Path) -> dict[str, bool]:
    """Which exercises `nbgrader validate` lets pass, by what its hook puts below their cells."""
    nb = nbformat.reads(path.read_text("utf-8"), as_version=4)
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        judge_exercises(nb)
    finally:
        os.chdir(before)
    tests = {c.metadata.get("nbgrader", {}).get("grade_id", ""): c for c in nb.cells}
    return {
        name.removeprefix("check_"): not cell.outputs
        for name, cell in tests.items()
        if name.startswith("check_")
    }


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command in the course's folder."""
    return subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=root,
        env=os.environ | {"PATH": f"{BIN}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def graded(root: Path, assignment: str) -> dict[str, Points]:
    """What `course grade` gives each student, on the inputs on which `check` tries them here."""
    done = run(root, "course", "grade", assignment, "--seed", str(SEED))
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    found: dict[str, Points] = {}
    for path in (root / "verdicts" / assignment).glob("[!.]*.json"):
        verdict: dict[str, Any] = json.loads(path.read_text("utf-8"))
        found[verdict["student"]] = {c["exercise"]: c["earned"] for c in verdict["checks"]}
    return found


def autograded(root: Path, assignment: str) -> dict[str, float]:
    """What `nbgrader autograde` writes into its gradebook, in all, for each student."""
    done = run(root, "nbgrader", "autograde", assignment)
    assert done.returncode == 0, done.stderr[-1000:]
    scores = (
        "select s.student_id, sum(coalesce(g.auto_score, 0)) from grade g"
        " join submitted_notebook n on g.notebook_id = n.id"
        " join submitted_assignment s on n.assignment_id = s.id group by s.student_id"
    )
    with sqlite3.connect(root / "gradebook.db") as book:
        return dict(book.execute(scores).fetchall())
