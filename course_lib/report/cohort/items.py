"""Item analysis: how a class did in each exercise, and in each of its claims.

    for item in items(judged):
        print(item.exercise, item.share, item.discrimination)

*Discrimination* is the item-rest correlation: Pearson's r between the points of an exercise (of a
claim: whether it holds) and the points of all *other* exercises, among those who wrote it. Around
0.4 is good; below 0.2 those who are good elsewhere fail it about as often as others (the usual
reading since R. L. Ebel, *Essentials of Educational Measurement*, 1972). It is None where it is not
defined: with fewer than three hand-ins, or where all have the same points on one side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from course_lib.feedback.results import ClaimReport, ExerciseReport
from course_lib.report.cohort.judged import Judged

FEWEST = 3  # pairs with which a correlation says anything but plus or minus one
ENOUGH = 20  # hand-ins below which r is uncertain by more than 0.4: nothing is said from it
WEAK = 0.2  # discrimination below which an exercise deserves a look
ALL = 0.95  # of those who wrote it: then there is nothing to tell apart


@dataclass(frozen=True)
class ClaimItem:
    """One claim. failing: ids; tried: for how many there was an answer to try it on.

    lost: points that the class lost because it does not hold. A gate takes the points of claims
    that hold, too; where several gates fail, each its part of these.
    """

    name: str
    sentence: str
    points: float
    gate: bool
    tried: int
    failing: tuple[str, ...]
    lost: float
    discrimination: float | None

    @property
    def share(self) -> float | None:
        """Of those who have an answer, the share for whom it holds."""
        return 1 - len(self.failing) / self.tried if self.tried else None


@dataclass(frozen=True)
class Item:
    """One exercise. full, part, none: ids by points; missing and ungraded are part of `none`."""

    exercise: str
    points: float
    full: tuple[str, ...]
    part: tuple[str, ...]
    none: tuple[str, ...]
    missing: tuple[str, ...]
    ungraded: tuple[str, ...]
    lost: float
    discrimination: float | None
    claims: tuple[ClaimItem, ...]

    @property
    def count(self) -> int:
        """How many were judged."""
        return len(self.full) + len(self.part) + len(self.none)

    @property
    def wrote(self) -> int:
        """How many of them have written something there."""
        return self.count - len(self.missing)

    @property
    def wrong(self) -> tuple[str, ...]:
        """Those who have written it and have none of its points."""
        return tuple(student for student in self.none if student not in self.missing)

    @property
    def share(self) -> float:
        """The share of its points that the class earned."""
        return 1 - self.lost / max(self.points * self.count, 1e-9)

    @property
    def worth_a_look(self) -> bool:
        """Whether the figures ask an instructor to look at the exercise itself."""
        return bool(self.ungraded) or (self.telling and (self._weak or not self.full))

    @property
    def fair(self) -> str:
        """In words, what the figures say about the exercise itself."""
        if self.ungraded:
            return "The course's own checks failed for some: see the remarks."
        if not self.telling:
            return f"Fewer than {ENOUGH} have written it: too few to say."
        if not self.full:
            return "Nobody has all of its points: is it clear what is asked?"
        if len(self.full) >= ALL * self.wrote:
            return "Nearly all who wrote it have it."
        if self.discrimination is None:
            return "All have the same points elsewhere: nothing to compare with."
        if self._weak:
            return "Those who are good elsewhere do hardly better here: is it clear what is asked?"
        return "Yes: those who are good elsewhere do better here, too."

    @property
    def telling(self) -> bool:
        """Whether enough have written it for its figures to say something."""
        return self.wrote >= ENOUGH

    @property
    def _weak(self) -> bool:
        tells = self.discrimination is not None and len(self.full) < ALL * self.wrote
        return tells and self.discrimination is not None and self.discrimination < WEAK


def items(judged: Sequence[Judged]) -> list[Item]:
    """The exercises in the order of the notebook, which most verdicts have."""
    names = dict.fromkeys(check["exercise"] for one in judged for check in one["checks"])
    return [_item(name, judged) for name in names]


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's r; None where it is not defined.

    >>> correlation([0, 1, 1], [1, 3, 3]), correlation([1, 1, 1], [1, 2, 3])
    (1.0, None)
    """
    a, b = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    if len(a) < FEWEST or np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    return round(float(np.corrcoef(a, b)[0, 1]), 6)


def _item(name: str, judged: Sequence[Judged]) -> Item:
    rows = [(o, check) for o in judged for check in o["checks"] if check["exercise"] == name]
    wrote = [(o, check) for o, check in rows if check["status"] not in ("missing", "ungraded")]
    claims = dict.fromkeys(claim["claim"] for _, check in rows for claim in check["claims"])

    def those(wanted: Sequence[bool]) -> tuple[str, ...]:
        return tuple(o["student"] for (o, _), yes in zip(rows, wanted, strict=True) if yes)

    checks = [check for _, check in rows]
    return Item(
        exercise=name,
        points=max(check["points"] for check in checks),
        full=those([c["earned"] >= c["points"] for c in checks]),
        part=those([0 < c["earned"] < c["points"] for c in checks]),
        none=those([c["earned"] <= 0 < c["points"] for c in checks]),
        missing=those([c["status"] == "missing" for c in checks]),
        ungraded=those([c["status"] == "ungraded" for c in checks]),
        lost=sum(c["points"] - c["earned"] for c in checks),
        discrimination=correlation(
            [check["earned"] for _, check in wrote], [_rest(o, check) for o, check in wrote]
        ),
        claims=tuple(_claim(claim, wrote) for claim in claims),
    )


def _claim(name: str, rows: Sequence[tuple[Judged, ExerciseReport]]) -> ClaimItem:
    found = [
        (one, check, claim)
        for one, check in rows
        for claim in check["claims"]
        if claim["claim"] == name and claim.get("tried", True)
    ]
    about = next(chain((claim for *_, claim in found), _named(name, rows)), None)
    about = about or {"claim": name, "passed": False}
    return ClaimItem(
        name=name,
        sentence=about.get("sentence") or name.replace("_", " "),
        points=about.get("points", 0.0),
        gate=any(claim.get("gate", False) for *_, claim in found),
        tried=len(found),
        failing=tuple(one["student"] for one, _, claim in found if not claim["passed"]),
        lost=sum(_lost(check, claim) for _, check, claim in found),
        discrimination=correlation(
            [float(claim["passed"]) for *_, claim in found],
            [_rest(one, check) for one, check, _ in found],
        ),
    )


def _named(name: str, rows: Sequence[tuple[Judged, ExerciseReport]]) -> list[ClaimReport]:
    return [c for _, check in rows for c in check["claims"] if c["claim"] == name]


def _rest(one: Judged, check: ExerciseReport) -> float:
    """The points of all other exercises."""
    return one["earned"] - check["earned"]


def _lost(check: ExerciseReport, claim: ClaimReport) -> float:
    """The points that this claim cost one student."""
    if claim["passed"]:
        return 0.0
    lost = claim.get("points", 0.0)
    gates = [each for each in check["claims"] if each.get("gate") and not each["passed"]]
    if claim.get("gate") and check["earned"] <= 0:
        held = sum(each.get("points", 0.0) for each in check["claims"] if each["passed"])
        lost += held / len(gates)
    return lost
