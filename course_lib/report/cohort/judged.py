"""A class's verdicts, read for figures: without the pictures that the cells showed.

    judged, broken = read_class(root, "05_hamiltonian")
    judged[0]["checks"][0]["earned"]

A verdict with pictures may have megabytes, and figures need none of that: it is not decoded.
"""

from __future__ import annotations

from pathlib import Path
from typing import NotRequired, TypedDict

import msgspec

from course_lib.feedback.results import ExerciseReport
from course_lib.grading.verdict import FORMAT


class Judged(TypedDict):
    """What figures need of a verdict (`course_lib.grading.verdict.Verdict`)."""

    format: int
    assignment: str
    student: str
    notebook: str
    earned: float
    possible: float
    cpu_seconds: float
    wall_seconds: float
    checks: list[ExerciseReport]
    name: NotRequired[str]
    status: NotRequired[str]
    notices: NotRequired[list[str]]
    remarks: NotRequired[list[str]]


_DECODER = msgspec.json.Decoder(Judged)


def name_of(judged: Judged) -> str:
    """The student's name, as people know it."""
    return judged.get("name") or judged["student"]


def read_class(root: Path, assignment: str) -> tuple[list[Judged], list[str]]:
    """Every verdict on an assignment, by name, and the ids of those that cannot be read."""
    found: list[Judged] = []
    broken: list[str] = []
    for path in sorted((root / "verdicts" / assignment).glob("[!.]*.json")):
        try:
            one = _DECODER.decode(path.read_bytes())
            if (one["format"], one["assignment"], one["student"]) != (
                FORMAT,
                assignment,
                path.stem,
            ):
                raise ValueError("it is about something else")
        except (OSError, ValueError, RecursionError):  # msgspec's own errors are ValueErrors
            broken.append(path.stem)
        else:
            found.append(one)
    return sorted(found, key=lambda one: (name_of(one).casefold(), one["student"])), broken


def graded_assignments(root: Path) -> list[str]:
    """The assignments on which there is a verdict, in order."""
    folders = sorted(path for path in (root / "verdicts").glob("[!.]*") if path.is_dir())
    return [folder.name for folder in folders if any(folder.glob("[!.]*.json"))]
