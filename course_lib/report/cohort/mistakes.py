"""The mistakes of a class, by name: who made each, what it cost, one student's smallest example.

    made = mistakes(judged)
    made[0].cause.name, len(made[0].students), made[0].sentence

A mistake is what an exercise has by itself; points that are lost because an earlier exercise is
wrong, or because nothing is written, are counted apart (`other_losses`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course_lib.feedback.card import example, rows_of
from course_lib.feedback.results import ExerciseReport
from course_lib.report.cohort.causes import OWN, Cause, Kind, cause_of
from course_lib.report.cohort.judged import Judged
from course_lib.text import plain

PASTE = 600  # characters of the line that repeats an example

Case = tuple[Judged, ExerciseReport, Cause]  # one student's lost points in one exercise


@dataclass(frozen=True)
class Example:
    """What a function was asked, what is right and what came, in rows; and whose it is."""

    student: str
    claim: str
    rows: tuple[tuple[str, str], ...]
    paste: str

    @property
    def length(self) -> int:
        """How much there is to read."""
        return sum(len(label) + len(value) for label, value in self.rows)

    @property
    def text(self) -> str:
        """All of it, to look for something in it."""
        return "\n".join([*(f"{label} {value}" for label, value in self.rows), self.paste])


@dataclass(frozen=True)
class Mistake:
    """One mistake. students: ids; lost: points, all together; share: of those who wrote it.

    in_all: points lost by it and by what is built on it.
    """

    cause: Cause
    sentence: str
    students: tuple[str, ...]
    lost: float
    in_all: float
    share: float
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class OtherLoss:
    """Points that are lost for a reason that is not a mistake of the exercise itself."""

    kind: Kind
    exercise: str
    students: tuple[str, ...]
    lost: float


def cases(judged: Sequence[Judged]) -> list[Case]:
    """Every loss of points, student by student."""
    every = ((one, check, cause_of(check)) for one in judged for check in one["checks"])
    return [(one, check, cause) for one, check, cause in every if cause is not None]


def mistakes(judged: Sequence[Judged]) -> list[Mistake]:
    """The mistakes that were made, the most frequent first, then those that cost most in all."""
    found = _grouped(judged, lambda cause: cause.kind in OWN)
    wrote = Counter(
        check["exercise"] for one in judged for check in one["checks"] if check["status"] in _JUDGED
    )
    built = built_on(judged)
    made = [_mistake(group, wrote, built[key]) for key, group in found.items()]
    return sorted(made, key=lambda each: (-len(each.students), -each.in_all, each.cause.key))


def built_on(judged: Sequence[Judged]) -> dict[tuple[str, ...], float]:
    """Points lost in exercises that are built on a mistake, by its key; 0 for all others.

    Where an exercise is built on several wrong ones, the first of the notebook has the blame.
    """
    lost: dict[tuple[str, ...], float] = defaultdict(float)
    for one in judged:
        theirs = {cause.exercise: (check, cause) for _, check, cause in cases([one])}
        for check, cause in theirs.values():
            seen, below, root = {cause.exercise}, check, cause
            while root.kind == "built on":
                named = [name for name in theirs if name in {*below["built_on"]} - seen]
                if not named:
                    break
                seen.add(named[0])
                below, root = theirs[named[0]]
            if root is not cause and root.kind in OWN:
                lost[root.key] += check["points"] - check["earned"]
    return lost


_JUDGED = ("passed", "failed", "error", "timeout", "crashed")


def other_losses(judged: Sequence[Judged]) -> list[OtherLoss]:
    """What else cost points, the most points first."""
    found = _grouped(judged, lambda cause: cause.kind not in OWN)
    losses = [
        OtherLoss(
            group[0][2].kind,
            group[0][2].exercise,
            tuple(one["student"] for one, _, _ in group),
            _points(group),
        )
        for group in found.values()
    ]
    return sorted(losses, key=lambda each: (-each.lost, each.exercise, each.kind))


def _grouped(
    judged: Sequence[Judged], wanted: Callable[[Cause], bool]
) -> dict[tuple[str, ...], list[Case]]:
    found: dict[tuple[str, ...], list[Case]] = defaultdict(list)
    for one, check, cause in cases(judged):
        if wanted(cause):
            key = cause.key if cause.kind in OWN else (cause.exercise, cause.kind)
            found[key].append((one, check, cause))
    return found


def _mistake(group: Sequence[Case], wrote: Mapping[str, int], built: float) -> Mistake:
    sentences = Counter(cause.sentence for _, _, cause in group if cause.sentence)
    cause = group[0][2]
    shown = [made for one, check, _ in group if (made := _example(one, check)) is not None]
    return Mistake(
        cause=cause,
        sentence=sentences.most_common(1)[0][0] if sentences else cause.sentence,
        students=tuple(one["student"] for one, _, _ in group),
        lost=_points(group),
        in_all=_points(group) + built,
        share=len(group) / max(wrote[cause.exercise], 1),
        examples=tuple(sorted(shown, key=lambda each: (each.length, each.student))),
    )


def _points(group: Sequence[Case]) -> float:
    return sum(check["points"] - check["earned"] for _, check, _ in group)


def _example(one: Judged, check: ExerciseReport) -> Example | None:
    claim: Mapping[str, Any] | None = example(check)
    if claim is None:
        return None
    paste = plain(claim.get("paste") or "", PASTE)
    return Example(one["student"], claim["claim"], tuple(rows_of(claim)), paste)
