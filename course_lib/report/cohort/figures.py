"""All figures of one assignment: what its page and its table show.

shown = figures(root, "05_hamiltonian")
shown.points.mean, shown.items[0].share, shown.mistakes[0].cause.name
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_lib.grading.course import Course
from course_lib.grading.submission.hand_in_folders import hand_in_folders
from course_lib.grading.submission.student_ids import shown_name
from course_lib.report.cohort.gradebook import Book, read_gradebook
from course_lib.report.cohort.help import Need, needs_help
from course_lib.report.cohort.items import Item, items
from course_lib.report.cohort.judged import Judged, graded_assignments, name_of, read_class
from course_lib.report.cohort.mistakes import Mistake, OtherLoss, mistakes, other_losses
from course_lib.report.cohort.run_cost import Cost, cost
from course_lib.report.hand_ins import no_longer, passed_over


@dataclass(frozen=True)
class Points:
    """How the points by checks are spread; bins: for each bar, its two ends and who is in it."""

    possible: float
    mean: float
    median: float
    quartiles: tuple[float, float]
    bins: tuple[tuple[float, float, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Figures:
    """One assignment. names: by id, of all that are mentioned.

    nothing: ids of those who handed in nothing. stopped: hand-ins that could not be judged, with
    the reason. passed_over: sentences about hand-ins that no command looks at. remarks: of the
    grader for the instructor, with the students whom they are about.
    """

    assignment: str
    judged: tuple[Judged, ...]
    names: dict[str, str]
    points: Points
    items: tuple[Item, ...]
    mistakes: tuple[Mistake, ...]
    other_losses: tuple[OtherLoss, ...]
    needs: tuple[Need, ...]
    nothing: tuple[str, ...]
    stopped: tuple[tuple[str, str], ...]
    passed_over: tuple[str, ...]
    remarks: tuple[tuple[str, tuple[str, ...]], ...]
    book: Book
    cost: Cost


def figures(root: Path, assignment: str) -> Figures:
    """Read the verdicts, the hand-ins and the gradebook of an assignment."""
    judged, broken = read_class(root, assignment)
    book = read_gradebook(root, assignment)
    course = Course(root, assignment)
    handed_in = course.names()
    names = {**_everybody(root), **book.roster, **handed_in}
    names |= {one["student"]: name_of(one) for one in judged}
    there = {one["student"] for one in judged} | {*handed_in, *course.ambiguous(), *broken}
    over = [line.strip() for line in (*passed_over(course), *no_longer(course))]
    over += [
        f"verdicts/{assignment}/{student}.json cannot be read. Next: `course grade {assignment}` "
        "writes it again"
        for student in broken
    ]
    return Figures(
        assignment=assignment,
        judged=tuple(judged),
        names=names,
        points=points(judged),
        items=tuple(items(judged)),
        mistakes=tuple(mistakes(judged)),
        other_losses=tuple(other_losses(judged)),
        needs=tuple(needs_help(judged)),
        nothing=tuple(sorted({*names} - there, key=lambda student: names[student].casefold())),
        stopped=tuple(
            (one["student"], " ".join(one.get("notices", [])) or one.get("status", ""))
            for one in judged
            if one.get("status", "graded") != "graded"
        ),
        passed_over=tuple(over),
        remarks=tuple(_remarks(judged)),
        book=book,
        cost=cost(root, assignment, judged),
    )


def points(judged: Sequence[Judged]) -> Points:
    """The distribution of points, in at most ten bars of one width; the last holds full points.

    >>> [(low, high, len(who)) for low, high, who in points([]).bins]
    []
    """
    if not judged:
        return Points(0.0, 0.0, 0.0, (0.0, 0.0), ())
    earned = np.array([one["earned"] for one in judged])
    possible = max(max(one["possible"] for one in judged), 1e-9)
    count = int(min(10, max(2, np.ceil(possible))))
    place = np.minimum((earned / possible * count).astype(int), count - 1)
    edges = np.linspace(0.0, possible, count + 1)
    bins = tuple(
        (
            round(float(edges[k]), 6),
            round(float(edges[k + 1]), 6),
            tuple(one["student"] for one, at in zip(judged, place, strict=True) if at == k),
        )
        for k in range(count)
    )
    low, middle, high = (float(q) for q in np.percentile(earned, [25, 50, 75]))
    return Points(possible, float(earned.mean()), middle, (low, high), bins)


def _everybody(root: Path) -> dict[str, str]:
    """Everybody who ever handed in anything or was graded, by id."""
    found: dict[str, str] = {}
    for assignment in graded_assignments(root):
        folders = hand_in_folders(root, assignment)
        found |= {student: shown_name(names[0]) for student, names in folders.items()}
    return found


def _remarks(judged: Sequence[Judged]) -> list[tuple[str, tuple[str, ...]]]:
    """What the grader remarked, each sentence once, those first that are about most students."""
    found: dict[str, dict[str, None]] = {}
    for one in judged:
        for remark in one.get("remarks", []):
            found.setdefault(remark, {})[one["student"]] = None
    ranked = sorted(found.items(), key=lambda item: -len(item[1]))
    return [(remark, tuple(students)) for remark, students in ranked]
