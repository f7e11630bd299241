"""Where an answer goes wrong, when how it goes wrong follows no plain pattern.

    boundary(evidence)     # "It is right where |b| is 0, and wrong wherever it is not."

Each function here says one thing or nothing: a right value with a wrong derivative (`derivatives`);
some of several numbers (`components`); a limit that answers do not pass (`limits`); a part of the
inputs, if one quantity alone tells it (`boundary`); the number of right digits (`digits`); the side
on which it errs (`side`). An assignment adds quantities by which its inputs differ
(`exercise.features`) and factors (`exercise.factors`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib.feedback.evidence import Evidence, Flags, Given, Vector
from course_lib.feedback.patterns import PLACES

FEW = 3  # inputs on each side, below which a boundary between right and wrong is no finding
COARSE, MANY = 1e-2, 12  # relative error above which no digits are right; digits beyond all doubt


def derivatives(evidence: Evidence) -> str:
    """Which derivatives are wrong, where the value is right on every input."""
    values, table = evidence.values, evidence.gradients
    if len(values) < FEW or len(table) < FEW or not values.right.all():
        return ""
    wrong = np.flatnonzero(~np.all(table.right, axis=0))
    if not wrong.size:
        return ""
    names = " and ".join(evidence.exercise.differentiable[k] for k in wrong)
    return (
        f"The number is right on every input, and its derivative with respect to {names} is not: "
        f"on the way from {names} to what you return, TensorFlow loses track, or meets a place "
        "where there is no derivative."
    )


def _may_be_located(evidence: Evidence) -> bool:
    return len(evidence.values) >= FEW and not evidence.values.right.all()


def components(evidence: Evidence) -> str:
    """Which of several numbers are wrong, if others never are; of one, by what it is off."""
    if not _may_be_located(evidence):
        return ""
    table = evidence.values
    count = table.right.shape[1]
    wrong = np.flatnonzero(~np.all(table.right, axis=0))
    if wrong.size == count or count > len(PLACES):
        return ""
    each = [_factor(evidence, table.expected[:, k], table.got[:, k]) for k in wrong]
    if wrong.size == 1:
        off = f": it {each[0]}" if each[0] else ""
        return f"Of the {count} numbers only the {PLACES[wrong[0]]} is wrong{off}."
    which = " and the ".join(PLACES[k] for k in wrong)
    if not all(each):
        return f"Of the {count} numbers only the {which} are wrong."
    said = ", and ".join(f"the {PLACES[k]} {off}" for k, off in zip(wrong, each, strict=True))
    return f"Of the {count} numbers only the {which} are wrong: {said}."


def _factor(evidence: Evidence, expected: Vector, got: Vector) -> str:
    """By what one number is off everywhere: a sign, a factor, a power of a quantity."""
    within = evidence.exercise.close
    with np.errstate(all="ignore"):
        ratio = got / expected
    use = np.isfinite(ratio) & (np.abs(expected) > 0)
    if use.sum() < FEW or not (got[use] != 0).all():
        return ""
    if (factor := _shared(ratio[use], within)) is not None:
        if abs(factor + 1) < within:
            return "has the right size and the wrong sign"
        return f"is {factor:.6g} times what it should be"
    for words, values in _factors(evidence):
        if _shared((ratio / values)[use], within) is not None:
            return f"is off by a factor that is proportional to {words}"
    return ""


def _factors(evidence: Evidence) -> Iterator[tuple[str, Vector]]:
    """Quantities to which a factor may be proportional, each with its value on every input."""
    for factors in evidence.exercise.factors:
        each = [dict(factors(given)) for given in evidence.values.given]
        for words in each[0]:
            yield words, np.array([one[words] for one in each])


def _shared(values: Vector, within: float) -> float | None:
    """The value that all `values` have, if they have one."""
    middle = float(np.median(values))
    return middle if np.abs(values - middle).max() <= within * abs(middle) else None


def limits(evidence: Evidence) -> str:
    """A round number that answers do not pass, where the right ones do: a clip, a box, a wall.

    Of several numbers, one that stands at its wall may move the others: each answer that is wrong
    has to have one that does.
    """
    if not _may_be_located(evidence):
        return ""
    table = evidence.values
    stopped = np.zeros(len(table), dtype=bool)
    found = ""
    for column in range(table.right.shape[1]):
        due, came = table.expected[:, column], table.got[:, column]
        ends, hit = _walls(due, came, table.right[:, column])
        stopped |= hit
        if ends and not found:
            which = "It" if table.right.shape[1] == 1 else _place(column)
            found = f"{which} {_kept_within(ends)}."
    return found if stopped[~table.right.all(axis=1)].all() else ""


def _walls(expected: Vector, got: Vector, right: Flags) -> tuple[dict[str, float], Flags]:
    """The round numbers, above and below, that one number does not pass; where it should."""
    low, high = float(got.min()), float(got.max())
    hits = {
        "below": (low, ~right & (got == low) & (expected < low)),
        "above": (high, ~right & (got == high) & (expected > high)),
    }
    ends = {side: end for side, (end, hit) in hits.items() if hit.any() and _is_round(end)}
    hit = np.any([hits[side][1] for side in ends], axis=0) if ends else np.zeros_like(right)
    if not np.isfinite(got).all() or hit.sum() < 2 or (len(ends) == 2 and not low == -high < 0):
        return {}, np.zeros_like(right)
    return ends, hit


def _place(column: int) -> str:
    return f"The {PLACES[column]} number" if column < len(PLACES) else f"Number {column + 1}"


def _kept_within(ends: dict[str, float]) -> str:
    if len(ends) == 2:
        return (
            f"never leaves the range from {ends['below']:g} to {ends['above']:g}, where it should"
        )
    ((side, end),) = ends.items()
    return f"is never {side} {end:g}, where it should be"


def _is_round(value: float) -> bool:
    """Whether it is a number that somebody writes down: three digits and no more."""
    return float(f"{value:.3g}") == value


def boundary(evidence: Evidence) -> str:
    """A quantity that tells the inputs with right answers from those with wrong ones.

    What is shown counts as wrong: no sentence may say that it is right there. Where several
    quantities tell them apart, none is named: any of them may be the cause.
    """
    if not _may_be_located(evidence):
        return ""
    right: Flags = np.all(evidence.values.right, axis=1)
    if not FEW <= right.sum() <= len(right) - FEW:
        return ""
    given = list(evidence.values.given)
    shown = [one for one in evidence.shown if one.keys() == given[0].keys()]
    right = np.append(right, np.zeros(len(shown), dtype=bool))
    features = [dict(_features(evidence, one)) for one in (*given, *shown)]
    found: dict[str, tuple[str, Vector]] = {}
    for name in features[0]:
        if any(name not in feature for feature in features):
            continue
        values = np.array([feature[name] for feature in features])
        if said := _apart(name, values[right], values[~right]):
            found.setdefault(_quantity(name), (said, values))
    if not found:
        return ""
    (said, first), *others = found.values()
    # x and y of one length are one quantity; any other that tells them apart may be the cause
    return said if all(np.array_equal(first, values) for _, values in others) else ""


def _apart(name: str, right: Vector, wrong: Vector) -> str:
    """What a quantity says of the inputs, if all right ones lie on one side of all wrong ones."""
    if right.max() < wrong.min():
        if right.max() == 0.0:
            return f"It is right where {name} is 0, and wrong wherever it is not."
        return (
            f"It is right for {name} up to {right.max():.3g}, and wrong from {wrong.min():.3g} on."
        )
    if wrong.max() < right.min():
        if wrong.max() == 0.0:
            return f"It is wrong only where {name} is 0."
        return (
            f"It is right for {name} from {right.min():.3g} on, and wrong up to {wrong.max():.3g}."
        )
    return ""


def _quantity(feature: str) -> str:
    """What a feature is about: `|log a|`, `log_a` and `a` are about the same quantity."""
    return feature.strip("|").removeprefix("log").strip(" _")


def _features(evidence: Evidence, given: Given) -> Iterator[tuple[str, float]]:
    """Quantities by which inputs differ, each under the name that a student knows it by."""
    for features in evidence.exercise.features or [plain_features]:
        yield from features(given)


def plain_features(given: Given) -> Iterator[tuple[str, float]]:
    """The quantities that any arguments have: the size of arrays, and numbers themselves."""
    for name, value in given.items():
        yield from feature_of(name, value)


def feature_of(name: str, value: Any) -> Iterator[tuple[str, float]]:
    """The quantities that one argument has."""
    if isinstance(value, np.ndarray) and value.ndim:
        yield f"the size of {name}", float(value.size)
    elif isinstance(value, (list, tuple, dict, str)):
        yield f"the length of {name}", float(len(value))
    elif isinstance(value, (int, float, np.ndarray)) and _is_finite(value):
        yield f"|{name}|", abs(float(value))
        yield name, float(value)


def _is_finite(value: Any) -> bool:
    try:
        return bool(np.isfinite(float(value)))
    except (OverflowError, TypeError, ValueError):  # larger than any float; complex; text
        return False


def digits(evidence: Evidence) -> str:
    """How many digits are right, if some are on every input."""
    if not _may_be_located(evidence) or not evidence.everywhere:
        return ""
    expected, got = evidence.values.expected, evidence.values.got
    with np.errstate(all="ignore"):
        error = np.abs(got - expected) / np.max(np.abs(expected), axis=1, keepdims=True)
    off = error[(got != expected) & ~evidence.values.right]
    if len(off) < FEW or not np.isfinite(off).all() or off.max() > COARSE:
        return ""
    fewest, middle, most = -np.log10([off.max(), np.median(off), off.min()])
    if most > MANY:
        return ""
    count = f"about {middle:.0f}" if most - fewest < 2 else f"{fewest:.0f} to {most:.0f}"
    return f"It is right to {count} digits, and no further."


def side(evidence: Evidence) -> str:
    """Whether it is always too large, or always too small."""
    if not _may_be_located(evidence):
        return ""
    table = evidence.answered
    off = (table.got - table.expected)[~table.right]
    if len(off) < FEW or not np.isfinite(off).all():
        return ""
    several = (
        "Each number that is wrong" if table.expected.shape[1] > 1 else "Wherever it is wrong, it"
    )
    if (off > 0).all():
        return f"{several} is too large."
    return f"{several} is too small." if (off < 0).all() else ""
