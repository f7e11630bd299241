"""Two folders of verdicts, compared.

    found = compare_folders(Path("before"), Path("verdicts/01_pendulum"))
    found.changes, found.only_before, found.only_after

A copy of `verdicts/NN_topic/` is all that is needed to compare with later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import msgspec

from course_lib.errors import CourseError
from course_lib.grading.verdict import FORMAT, Verdict
from course_lib.regrade.differences import Change, compare


@dataclass
class Comparison:
    """seen: how many were in both. unreadable: files that are no verdicts, which count as none."""

    changes: list[Change] = field(default_factory=list)
    seen: int = 0
    only_before: list[str] = field(default_factory=list)
    only_after: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def compare_folders(before: Path, after: Path) -> Comparison:
    """What differs. Raises CourseError where a folder has no verdict, or two are of two lessons."""
    found = Comparison()
    then, now = (_read(folder, found) for folder in (before, after))
    assignments = {verdict["assignment"] for verdict in (*then.values(), *now.values())}
    if len(assignments) > 1:
        raise CourseError(
            f"these are verdicts of different assignments: {', '.join(sorted(assignments))}. "
            "Next: name two folders of one, such as a copy of verdicts/NN_topic/ and itself"
        )
    return compare_verdicts(then, now.values(), found)


def compare_verdicts(
    then: Mapping[str, Verdict], now: Iterable[Verdict], found: Comparison | None = None
) -> Comparison:
    """What differs between those that were (by student) and those that are."""
    found = found or Comparison()
    seen = set()
    for verdict in now:
        student = verdict["student"]
        if student not in then:
            found.only_after.append(student)
            continue
        seen.add(student)
        change = compare(then[student], verdict)
        if change is not None:
            found.changes.append(change)
    found.seen = len(seen)
    found.only_before += [student for student in then if student not in seen]
    found.changes.sort(key=lambda change: (change.gained, change.name))
    return found


def _read(folder: Path, found: Comparison) -> dict[str, Verdict]:
    verdicts = {}
    for path in sorted(folder.glob("[!.]*.json")):
        try:
            verdict = slim(json.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError, RecursionError):
            found.unreadable.append(str(path))
            continue
        verdicts[verdict["student"]] = verdict
    if not verdicts:
        raise CourseError(
            f"there is no verdict in {folder}. Next: name a folder of them, such as "
            "verdicts/NN_topic"
        )
    return verdicts


def slim(data: dict[str, object]) -> Verdict:
    """A verdict without what its cells showed: a cohort's pictures would not fit into memory.

    Raises ValueError where it is none.
    """
    kept = {key: value for key, value in data.items() if key != "cells"}
    verdict = msgspec.convert(kept, Verdict)
    if verdict["format"] != FORMAT:
        raise ValueError(f"format {verdict['format']!r}, not {FORMAT}")
    return cast(Verdict, kept)
