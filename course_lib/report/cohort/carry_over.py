"""What carries over: who failed one exercise fails which exercise of a later assignment?

    for pair in carried_over(classes):
        print(pair.first, pair.later, pair.share_of_failed, pair.share_of_others)

Two exercises are compared among those who were judged in both: do those who lost points in the
first lose points in the later one more often than those who did not? A pair is told where chance
alone would make so large a difference rarely (Fisher's exact test, one-sided), also in view of how
many pairs were looked at (Benjamini and Hochberg 1995, at most one in twenty of those told is
expected to be chance). It does not say why: who is good at one thing is often good at another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from course_lib.report.cohort.items import correlation
from course_lib.report.cohort.judged import Judged

FALSE = 0.05  # expected share of pairs told that are chance
FEWEST = 4  # students on each side: fewer are people, not a pattern


@dataclass(frozen=True)
class CarriedOver:
    """Two exercises, each as (assignment, exercise). failed: ids of those who lost points in both.

    of: who lost points in the first; others_failed, others: of those who did not lose any there.
    """

    first: tuple[str, str]
    later: tuple[str, str]
    failed: tuple[str, ...]
    of: int
    others_failed: int
    others: int
    correlation: float | None
    chance: float

    @property
    def difference(self) -> float:
        """By how much the share of those who lose points in the later one differs."""
        return len(self.failed) / self.of - self.others_failed / self.others


def carried_over(classes: Mapping[str, Sequence[Judged]]) -> list[CarriedOver]:
    """The pairs that carry over, the largest difference first. classes: verdicts by assignment."""
    shares = {
        name: {
            exercise: {
                one["student"]: check["earned"] / max(check["points"], 1e-9)
                for one in judged
                for check in one["checks"]
                if check["exercise"] == exercise and check["status"] not in ("missing", "ungraded")
            }
            for exercise in dict.fromkeys(c["exercise"] for one in judged for c in one["checks"])
        }
        for name, judged in classes.items()
    }
    pairs = [
        pair
        for one, other in combinations(sorted(shares), 2)
        for first, early in shares[one].items()
        for later, late in shares[other].items()
        if (pair := _pair((one, first), early, (other, later), late)) is not None
    ]
    told = _not_chance(pairs)
    return sorted(told, key=lambda pair: (-pair.difference, pair.chance, pair.first, pair.later))


def _pair(
    first: tuple[str, str],
    early: Mapping[str, float],
    later: tuple[str, str],
    late: Mapping[str, float],
) -> CarriedOver | None:
    both = sorted(early.keys() & late.keys())
    failed = [student for student in both if early[student] < 1]
    others = [student for student in both if early[student] >= 1]
    if len(failed) < FEWEST or len(others) < FEWEST:
        return None
    again = tuple(student for student in failed if late[student] < 1)
    others_failed = sum(late[student] < 1 for student in others)
    return CarriedOver(
        first,
        later,
        again,
        len(failed),
        others_failed,
        len(others),
        correlation([early[s] for s in both], [late[s] for s in both]),
        chance(len(again), len(failed), others_failed, len(others)),
    )


def chance(failed: int, of: int, others_failed: int, others: int) -> float:
    """How probable so many or more among the first are, if it made no difference.

    >>> round(chance(3, 3, 0, 3), 3)
    0.05
    """
    both, every = failed + others_failed, of + others
    ways = sum(comb(of, k) * comb(others, both - k) for k in range(failed, min(of, both) + 1))
    return ways / comb(every, both)


def _not_chance(pairs: Sequence[CarriedOver]) -> list[CarriedOver]:
    """The pairs below the largest p-value that is below its part of FALSE."""
    ordered = sorted(pairs, key=lambda pair: pair.chance)
    last = 0
    for place, pair in enumerate(ordered, start=1):
        if pair.chance <= FALSE * place / len(ordered):
            last = place
    return ordered[:last]
