"""Whose points differ between two verdicts, by how much, and by which claims.

    change = compare(before, after)         # None where neither points nor claims differ
    change.gained                           # -1.0
    change.exercises[0].claims              # ["− adds_up: holds no more", …] by `ClaimChange`

A claim is what an author changes, and points are what a student has: both are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from course_lib.feedback.results import ExerciseReport
from course_lib.grading.verdict import Verdict, name_in

ROUNDING = 1e-6  # points; sums of shares differ by less


@dataclass(frozen=True)
class ClaimChange:
    """One claim whose result differs. None: it is not in that verdict."""

    claim: str
    before: bool | None
    after: bool | None

    @property
    def words(self) -> str:
        """What became of it, after its name."""
        said: dict[tuple[bool | None, bool | None], str] = {
            (True, False): "does not hold any more",
            (False, True): "holds now",
            (None, True): "is new, and holds",
            (None, False): "is new, and does not hold",
        }
        return said.get((self.before, self.after), "is gone")


@dataclass(frozen=True)
class ExerciseChange:
    """One exercise whose points or claims differ. before, after: points; None: not in it.

    status: what it was and what it is, where that differs ("passed", "ungraded", …).
    """

    exercise: str
    before: float | None
    after: float | None
    claims: tuple[ClaimChange, ...] = ()
    status: tuple[str, str] = ("", "")

    @property
    def gained(self) -> float:
        """Points more than before."""
        return (self.after or 0.0) - (self.before or 0.0)


@dataclass(frozen=True)
class Change:
    """One student's. possible: points of the assignment, which may differ too.

    handed_in_anew: other code was judged, so that a difference need not be the claims'.
    """

    student: str
    name: str
    before: float
    after: float
    possible: tuple[float, float]
    exercises: tuple[ExerciseChange, ...]
    handed_in_anew: bool = False

    @property
    def gained(self) -> float:
        """Points more than before."""
        return self.after - self.before

    @property
    def in_points(self) -> bool:
        """Whether the points differ, not only the claims; or those that there are to have."""
        return abs(self.gained) > ROUNDING or abs(self.possible[1] - self.possible[0]) > ROUNDING


def compare(before: Verdict, after: Verdict) -> Change | None:
    """What differs between two verdicts on one student; None where nothing does."""
    then, now = _by_exercise(before), _by_exercise(after)
    both = (_exercise(name, then.get(name), now.get(name)) for name in {**now, **then})
    exercises = tuple(each for each in both if each is not None)
    change = Change(
        after["student"],
        name_in(after),
        before["earned"],
        after["earned"],
        (before["possible"], after["possible"]),
        exercises,
        before["content_hash"] != after["content_hash"],
    )
    return change if exercises or change.in_points else None


def _by_exercise(verdict: Verdict) -> dict[str, ExerciseReport]:
    return {check["exercise"]: check for check in verdict["checks"]}


def _exercise(
    name: str, before: ExerciseReport | None, after: ExerciseReport | None
) -> ExerciseChange | None:
    then, now = _held(before), _held(after)
    claims = tuple(
        ClaimChange(claim, then.get(claim), now.get(claim))
        for claim in {**now, **then}
        if then.get(claim) != now.get(claim)
    )
    status = (before["status"] if before else "", after["status"] if after else "")
    change = ExerciseChange(
        name,
        before["earned"] if before else None,
        after["earned"] if after else None,
        claims,
        status if status[0] != status[1] else ("", ""),
    )
    return change if claims or abs(change.gained) > ROUNDING or change.status != ("", "") else None


def _held(check: ExerciseReport | None) -> Mapping[str, bool]:
    return {claim["claim"]: claim["passed"] for claim in check["claims"]} if check else {}
