"""A made-up class whose truth is known: who made which mistake where, as verdicts on the disk.

    truth = Truth(40)
    truth.write(root)                         # verdicts/, feedback/, a gradebook with a roster
    truth.mistaken["scale", "off_by_two"]     # the students who made it

Three exercises of two claims each: `mean` and `scale` (its first claim is a gate), and `both`,
which is built on them. Whoever is good at one is good at the others, but for `odd`, which asks
something that has nothing to do with the rest.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from nbgrader.api import Gradebook

from course_lib.authoring.release import settings, tools_on_path
from course_lib.grading.verdict import write_verdict

PROJECT = Path(__file__).parents[2]
ASSIGNMENT = "01_basics"
EXERCISES = ("mean", "scale", "odd", "both")
SENTENCES = {
    "sum_for_mean": "You add up, and do not divide.",
    "last_left_out": "The last number is left out.",
    "off_by_two": "Everything is twice as large as it should be.",
    "wrong_sign": "Only the sign is wrong.",
    "other_unit": "It is in another unit.",
}
MISTAKES = {
    "mean": ("sum_for_mean", "last_left_out"),
    "scale": ("off_by_two", "wrong_sign"),
    "odd": ("other_unit",),
    "both": ("wrong_sign",),
}
BUILT_ON = "It is built on mean, which is not right yet: fix that first."


class Truth:
    """Who made which mistake. names: of all; blank: who wrote nothing; absent: no hand-in."""

    def __init__(self, size: int = 40, seed: int = 1, assignment: str = ASSIGNMENT) -> None:
        rng = np.random.default_rng(seed)
        self.assignment = assignment
        self.names = [f"student{k:03}" for k in range(size)]
        self.blank, self.absent = self.names[-1], "absent1"
        self.mistaken: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.built_on: list[str] = []
        self.verdicts = [self._verdict(name, rng) for name in self.names]

    def _verdict(self, name: str, rng: np.random.Generator) -> dict[str, Any]:
        able = rng.random()
        wrong = {e: bool(rng.random() > able) for e in ("mean", "scale")}
        wrong["odd"] = bool(rng.random() > 0.5)  # nothing to do with how able they are
        checks = []
        for exercise in EXERCISES:
            if name == self.blank:
                checks.append(check(exercise, "missing"))
            elif exercise == "both" and wrong["mean"]:
                self.built_on.append(name)
                checks.append(check("both", "failed", message=BUILT_ON, built_on=["mean"]))
            elif wrong.get(exercise):
                slug = str(rng.choice(MISTAKES[exercise], p=_frequent(MISTAKES[exercise])))
                self.mistaken[exercise, slug].append(name)
                checks.append(check(exercise, "failed", slug, got=float(rng.integers(2, 99))))
            else:
                checks.append(check(exercise, "passed"))
        return verdict(name, checks, self.assignment)

    def write(self, root: Path, *, pages: bool = True) -> Path:
        """A course folder with these verdicts, and a gradebook that knows one student more."""
        root.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / "nbgrader_config.py", root)
        for one in self.verdicts:
            write_verdict(root, one)
            student = one["student"]
            (root / "submitted" / student / self.assignment).mkdir(parents=True)
            if pages:
                page = root / "feedback" / student / self.assignment / "basics.html"
                page.parent.mkdir(parents=True)
                page.touch()
        return root


def roster(root: Path, *students: str) -> None:
    """Enter students into the course's gradebook."""
    course = settings(root).CourseDirectory.course_id
    with tools_on_path(), Gradebook(f"sqlite:///{root}/gradebook.db", course) as gradebook:
        for student in students:
            gradebook.update_or_create_student(student)


def check(
    exercise: str,
    status: str,
    slug: str = "",
    *,
    message: str = "",
    built_on: Sequence[str] = (),
    got: Any = 1.0,
) -> dict[str, Any]:
    """One exercise's result: all of its two points, or one, or none where a gate fails."""
    held = status == "passed"
    gate = exercise == "scale" and not held
    right = {"claim": "is_right", "sentence": "The value is right.", "points": 1.0}
    short = {"claim": "is_short", "sentence": "It is one number.", "points": 1.0}
    claims: list[dict[str, Any]] = [right | {"passed": held}, short | {"passed": True}]
    if status == "missing":
        claims = [claim | {"passed": False, "tried": False, "message": ""} for claim in claims]
    elif not held:
        claims[0] |= {"inputs": {"x": [1.0, 2.0]}, "expected": 1.5, "got": got}
        claims[0] |= {"paste": f"{exercise}([1.0, 2.0])", "message": SENTENCES.get(slug, "")}
        claims[0] |= {"mistake": slug} if slug else {}
        claims[0] |= {"gate": True} if gate else {}
    earned = 2.0 if held else 0.0 if gate or status == "missing" else 1.0
    found = {"exercise": exercise, "earned": earned, "points": 2.0, "status": status}
    found |= {"claims": claims} | ({"message": message} if message else {})
    return found | ({"built_on": list(built_on)} if built_on else {})


def verdict(name: str, checks: list[dict[str, Any]], assignment: str = ASSIGNMENT) -> Any:
    """A verdict with these results."""
    return {
        "format": 1,
        "assignment": assignment,
        "student": name,
        "notebook": "basics",
        "seed": 7,
        "isolation": [],
        "earned": sum(each["earned"] for each in checks),
        "possible": sum(each["points"] for each in checks),
        "cpu_seconds": 0.5,
        "wall_seconds": 0.7,
        "content_hash": name,
        "status": "graded",
        "checks": checks,
    }


def _frequent(slugs: tuple[str, ...]) -> list[float]:
    return [1.0] if len(slugs) == 1 else [0.7, 0.3]
