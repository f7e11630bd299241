"""Which term of a sum is wrong, where the error is a multiple of one of them.

terms(evidence)     # "What is wrong grows with the squared residuals …"
"""

from __future__ import annotations

import numpy as np

from course_lib.feedback.evidence import Evidence, Given, named

from .inputs import Array

ENOUGH = 5  # inputs
FEW = 3  # inputs, or values of s, of a kind that is drawn on purpose
CLOSE = 1e-6  # relative to the truth and to the term, whose sums are rounded

_ALONE = "and with nothing else: look at that term."
_SENTENCES = {
    "squares": f"What is wrong grows with the squared residuals over s², {_ALONE}",
    "heights": "What is wrong grows with the number of points times log s, and with nothing else: "
    "look at the term that has s alone.",
    "steepness": "What is wrong depends on m alone, and grows as the whole does: see its factor.",
}


def terms(evidence: Evidence) -> str:
    """One sentence, or "" where the error of a single number is no multiple of one term."""
    table = evidence.values
    if len(table) < ENOUGH or table.right.all() or table.expected.shape[1:] != (1,):
        return ""
    expected, got = table.expected, table.got
    error, truth = (got - expected)[:, 0], np.abs(expected[:, 0])
    with np.errstate(all="ignore"):
        for name, term in _of_rows(evidence).items():
            use = np.abs(term) > CLOSE * truth
            if use.sum() < ENOUGH:
                continue
            factor = float(np.median(error[use] / term[use]))
            allowed = CLOSE * (truth + np.abs(factor * term))
            if abs(factor) > CLOSE and (np.abs(error - factor * term) <= allowed).all():
                return _SENTENCES[name]
    return ""


def _of_rows(evidence: Evidence) -> dict[str, Array]:
    """The terms for each row; their differences where the rows are differences."""
    rows = evidence.values.rows
    homes = [named(evidence.exercise, row.home) for row in rows if row.home is not None]
    here = _terms([row.given for row in rows])
    if not homes:
        return here
    there = _terms(homes)
    return {name: term - there[name] for name, term in here.items()}


def parts(evidence: Evidence) -> str:
    """Which of a log likelihood's two parts is wrong, if one is right wherever it is alone."""
    table = evidence.values
    if (
        evidence.exercise.up_to_a_constant
        or len(table) < FEW
        or table.right.all()
        or table.expected.shape[1:] != (1,)
    ):
        return ""
    given, expected, got = table.given, table.expected, table.got
    if not {"x", "y", "m", "b"} <= given[0].keys():
        return ""
    known = _terms(given)
    n = np.array([np.size(one["x"]) for one in given])
    scale = np.abs(expected[:, 0]) + known["squares"]
    off = (got - expected)[:, 0] / n
    right = np.abs(off) * n <= CLOSE * scale
    perfect = known["squares"] <= CLOSE * n
    if perfect.sum() >= FEW and right[perfect].all() and np.mean(right[~perfect]) < 0.2:
        return (
            "It is right when every point is on the line, and wrong when they are not: look at "
            "what is done with the residuals."
        )
    groups = np.round(known["heights"] / n, 9)
    shared = [np.flatnonzero(groups == value) for value in np.unique(groups)]
    shared = [group for group in shared if len(group) > 1]
    alike = all(np.ptp(off[g]) <= CLOSE * np.max(scale[g] / n[g]) for g in shared)
    if len(shared) >= FEW and alike and not right.all():
        return (
            "For one and the same s it is off by the same amount a point, wherever the points "
            "are: look at the term that has s alone."
        )
    return ""


def _terms(given: list[Given]) -> dict[str, Array]:
    """The terms of a Gaussian log likelihood, or of a prior of the slope, for each input."""
    if not {"x", "y", "m", "b"} <= given[0].keys():
        if "m" not in given[0]:
            return {}
        slopes = np.array([float(np.asarray(one["m"])) for one in given])
        return {"steepness": np.log1p(slopes**2)}
    squares, heights = [], []
    for one in given:
        x, y, m, b = (np.asarray(one[name], dtype=np.float64) for name in "xymb")
        log_s = np.asarray(one["log_s"]) if "log_s" in one else np.log(one["s"])
        squares.append(np.sum(((y - m * x - b) * np.exp(-log_s)) ** 2))
        heights.append(x.size * log_s)
    return {"squares": np.array(squares), "heights": np.array(heights)}
