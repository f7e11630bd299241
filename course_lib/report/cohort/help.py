"""Who needs help first, and with what.

    first = needs_help(judged)[0]
    first.name, first.share, first.with_what     # what to begin with: one cause

The order is by the share of points, the smallest first. What to begin with is the earliest exercise
of the notebook that a student has wrong by itself: what is built on it may come right with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from course_lib.report.cohort.causes import OWN, Cause
from course_lib.report.cohort.judged import Judged, name_of
from course_lib.report.cohort.mistakes import cases

BELOW = 0.5  # of the points: who has less is on the list
LEAST, MOST = 5, 15  # students on the list, where so many lost points


@dataclass(frozen=True)
class Need:
    """One student. with_what: what to begin with; wrong: exercises without all points.

    own: how many exercises are wrong by themselves. unwritten: exercises that are not written.
    """

    student: str
    name: str
    share: float
    with_what: Cause | None
    wrong: tuple[str, ...]
    wrote_nothing: bool
    own: int
    unwritten: tuple[str, ...]


def needs_help(judged: Sequence[Judged]) -> list[Need]:
    """Everybody who lost points, those first who have the smallest share of them."""
    causes: dict[str, list[Cause]] = defaultdict(list)
    for one, _, cause in cases(judged):
        causes[one["student"]].append(cause)
    needs = [
        Need(
            one["student"],
            name_of(one),
            one["earned"] / max(one["possible"], 1e-9),
            _first(causes[one["student"]]),
            tuple(cause.exercise for cause in causes[one["student"]]),
            bool(one["checks"]) and all(check["status"] == "missing" for check in one["checks"]),
            sum(cause.kind in OWN for cause in causes[one["student"]]),
            tuple(c.exercise for c in causes[one["student"]] if c.kind == "missing"),
        )
        for one in judged
        if one["earned"] < one["possible"]
    ]
    return sorted(needs, key=lambda need: (need.share, -len(need.wrong), need.name))


def first_ones(needs: Sequence[Need]) -> list[Need]:
    """Those with whom to begin: all below half of the points, a few at least and not too many."""
    below = sum(need.share < BELOW for need in needs)
    count = min(max(below, LEAST), MOST)
    while count < min(len(needs), MOST) and needs[count].share == needs[count - 1].share:
        count += 1  # nobody is left out who has as little
    return list(needs[:count])


def _first(causes: Sequence[Cause]) -> Cause | None:
    own = [cause for cause in causes if cause.kind in OWN]
    rest = [cause for cause in causes if cause.kind != "ungraded"]
    return next(iter([*own, *rest]), None)
