"""A course folder to grade in: the real release, nbgrader's real settings, hand-ins made here."""

from __future__ import annotations

import copy
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from course_lib.grading.nbgrader.writer import Writer
from course_lib.grading.submission.collect import Submission, collect
from course_lib.grading.verdict import Verdict
from course_lib.notebook.released_notebook import ReleasedNotebook
from tests.course_folder import copy_assignment

PROJECT = Path(__file__).parents[2]
WORKSHEET = "00_worksheet"
Notebook = dict[str, Any]


@dataclass
class CourseFolder:
    """A course in a temporary folder, with one assignment released."""

    root: Path
    skeleton: ReleasedNotebook
    released: Notebook

    def notebook(self) -> Notebook:
        """A fresh copy of what students get."""
        return copy.deepcopy(self.released)

    def cell(self, nb: Notebook, grade_id: str) -> dict[str, Any]:
        """The first cell of `nb` with this grade_id."""
        for cell in nb["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
                found: dict[str, Any] = cell
                return found
        raise KeyError(grade_id)

    def hand_in(
        self, student: str, nb: Notebook | bytes, name: str = "worksheet.ipynb"
    ) -> Submission:
        """Put a notebook where nbgrader's exchange would, and read it back."""
        folder = self.root / "submitted" / student / WORKSHEET
        folder.mkdir(parents=True, exist_ok=True)
        data = nb if isinstance(nb, bytes) else json.dumps(nb).encode()
        (folder / name).write_bytes(data)
        return collect(self.root, self.skeleton, student)

    def verdict(self, submission: Submission, earned: dict[str, float]) -> Verdict:
        """A verdict that gives `earned` points by exercise, and none elsewhere."""
        checks: list[Any] = [
            {
                "exercise": name,
                "earned": earned.get(name, 0.0),
                "points": points,
                "status": "passed" if earned.get(name, 0.0) == points else "failed",
                "claims": [
                    {
                        "claim": "adds_up_over_splits",
                        "sentence": "Two halves of the data add up to the whole.",
                        "passed": earned.get(name, 0.0) == points,
                        "inputs": {"x": [0.0], "s": 1.0},
                        "expected": -0.92,
                        "got": -0.46,
                        "message": "Yours averages.",
                    }
                ],
            }
            for name, points in self.skeleton.points.items()
        ]
        return {
            "format": 1,
            "assignment": WORKSHEET,
            "student": submission.student,
            "notebook": self.skeleton.notebook,
            "seed": 7,
            "isolation": [],
            "earned": sum(earned.values()),
            "possible": self.skeleton.possible,
            "cpu_seconds": 0.0,
            "wall_seconds": 0.0,
            "content_hash": submission.content_hash,
            "checks": checks,
            "cells": {
                cell.id: {"status": "ok", "outputs": []}
                for cell in submission.cells
                if cell.may_run and not cell.demonstration
            },
        }

    def autograded(self, student: str) -> Notebook:
        """What lies in `autograded/`."""
        path = self.root / "autograded" / student / WORKSHEET / "worksheet.ipynb"
        nb: Notebook = json.loads(path.read_text("utf-8"))
        return nb


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose gradebook knows the release. Making a gradebook takes seconds: once."""
    root = tmp_path_factory.mktemp("released") / "course"
    shutil.copytree(PROJECT / "release" / WORKSHEET, root / "release" / WORKSHEET)
    shutil.copy(PROJECT / "nbgrader_config.py", root)
    copy_assignment(root)
    (root / "source").mkdir()
    Writer(root).register(WORKSHEET)
    return root


@pytest.fixture
def course(released: Path, tmp_path: Path) -> CourseFolder:
    """A fresh course folder."""
    root = tmp_path / "course"
    shutil.copytree(released, root)
    nb = json.loads((root / "release" / WORKSHEET / "worksheet.ipynb").read_text("utf-8"))
    return CourseFolder(root, ReleasedNotebook.load(root, WORKSHEET), nb)
