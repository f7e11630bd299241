"""Where an answer goes wrong, when how it goes wrong follows no plain pattern.

    boundary(evidence)     # "It is right where |b| is 0, and wrong wherever it is not."

Each function here says one thing or nothing: a right value with a wrong derivative (`derivatives`);
some of several numbers (`components`); a limit that answers do not pass (`limits`); a part of the
inputs, if one quantity alone tells it (`boundary`); the number of right digits (`digits`); the side
on which it errs (`side`). An assignment adds quantities by which its inputs differ
(`exercise.features`) and factors (`exercise.factors`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from course_lib.feedback.evidence import (
    Evidence,
    Flags,
    Given,
    Row,
    Table,
    Vector,
    close_to,
    value_of,
)
from course_lib.feedback.parts_of_arguments import numbers_in
from course_lib.feedback.patterns import PLACES
from course_lib.text import listed

FEW = 3  # inputs on each side, below which a boundary between right and wrong is no finding
ENOUGH = 6  # inputs with right answers, below which one value that all of them have is no finding
MOST = 0.5  # of the inputs: a search that arrives on fewer tells nothing by where it does
FLUKES = 0.1  # of numbers with few right digits: those that have more by chance
COARSE, MANY = 1e-2, 12  # relative error above which no digits are right; digits beyond all doubt


def derivatives(evidence: Evidence) -> str:
    """Which derivatives are wrong, where the value is right on every input."""
    values, table = evidence.values, evidence.gradients
    if len(values.every) < FEW or len(table.every) < FEW or not values.right_rows.all():
        return ""
    if not evidence.everywhere:  # where it stops, the number is not right
        return ""
    by = evidence.exercise.differentiable
    right = [_derivatives_right(row, by, table.within) for row in table.every]
    names = listed([name for name in by if not all(each[name] for each in right)])
    if not names:
        return ""
    return (
        f"The number is right on every input, and its derivative with respect to {names} is not: "
        f"on the way from {names} to what you return, TensorFlow loses track, or meets a place "
        "where there is no derivative."
    )


def _derivatives_right(row: Row, by: Sequence[str], within: float) -> dict[str, bool]:
    """For each argument of `by`, whether a row's derivatives by it are right; they are in order."""
    right = close_to(row.expected, row.got, within)
    sizes = {name: int(np.size(row.given[name])) for name in by}
    ends = np.cumsum(list(sizes.values()))
    if not sizes or ends[-1] != len(right):
        return dict.fromkeys(by, bool(right.all()))
    parts = np.split(right, ends[:-1])
    return {name: bool(part.all()) for name, part in zip(sizes, parts, strict=True)}


def _may_be_located(evidence: Evidence) -> bool:
    return len(evidence.values.every) >= FEW and not evidence.values.right_rows.all()


def components(evidence: Evidence) -> str:
    """Which of several numbers are wrong, if others never are; of one, by what it is off."""
    if not _may_be_located(evidence):
        return ""
    table = evidence.values
    if table.others or _has_parts(evidence, table.rows[0]):
        return ""  # the first of two numbers is not what the first of seven is
    count = table.right.shape[1]
    wrong = np.flatnonzero(~np.all(table.right, axis=0))
    if wrong.size == count or count > len(PLACES):
        return ""
    each = [_factor(evidence, table.expected[:, k], table.got[:, k]) for k in wrong]
    names = [_called(evidence, int(k), count) for k in wrong]
    if wrong.size == 1:
        off = f": it {each[0]}" if each[0] else ""
        return f"Of the {count} numbers only the {names[0]} is wrong{off}."
    which = listed([names[0], *(f"the {name}" for name in names[1:])])
    if not all(each):
        return f"Of the {count} numbers only the {which} are wrong."
    said = ", and ".join(f"the {name} {off}" for name, off in zip(names, each, strict=True))
    return f"Of the {count} numbers only the {which} are wrong: {said}."


def _called(evidence: Evidence, place: int, count: int) -> str:
    """A number by its place, and by what it belongs to, if the exercise says that."""
    parts = evidence.exercise.parts
    return f"{PLACES[place]} ({parts[place]})" if len(parts) == count else PLACES[place]


def _has_parts(evidence: Evidence, row: Row) -> bool:
    """Whether the right answer is made of several things, one of them of several numbers."""
    value = value_of(evidence.truth.answer(row.question))
    return isinstance(value, tuple) and len(value) < len(row.expected)


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
    if table.others:
        return _limits_of_all(table.flat)
    stopped = np.zeros(len(table), dtype=bool)
    found = ""
    for column in range(table.right.shape[1]):
        due, came = table.expected[:, column], table.got[:, column]
        ends, hit = _walls(due, came, table.right[:, column])
        stopped |= hit
        if ends and not found:
            which = "It" if table.right.shape[1] == 1 else _place(column)
            words, rest = _kept_within(ends)
            found = f"{which} {words.format('never')}, where it should{rest}."
    return found if stopped[~table.right.all(axis=1)].all() else ""


def _limits_of_all(table: Table) -> str:
    """The same of answers with more numbers for longer inputs, whose places mean nothing."""
    ends, hit = _walls(table.expected[:, 0], table.got[:, 0], table.right[:, 0])
    if not ends or not hit[~table.right[:, 0]].all():
        return ""
    words, _ = _kept_within(ends)
    return f"None of its numbers {words.format('ever')}, and some should."


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


def _kept_within(ends: dict[str, float]) -> tuple[str, str]:
    """What a number does, "{}" in the place of never or ever, and what follows "it should"."""
    if len(ends) == 2:
        return f"{{}} leaves the range from {ends['below']:g} to {ends['above']:g}", ""
    ((side, end),) = ends.items()
    return f"is {{}} {side} {end:g}", " be"


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
    right: Flags = evidence.values.right_rows
    if not FEW <= right.sum() <= len(right) - FEW:
        return ""
    if evidence.exercise.approximate is not None and right.sum() < MOST * len(right):
        return ""  # a search that seldom arrives does so by chance
    given = [row.given for row in evidence.values.every]
    shown = [one for one in evidence.shown if one.keys() == given[0].keys()]
    right = np.append(right, np.zeros(len(shown), dtype=bool))
    features = _features(evidence, [*given, *shown])
    found: dict[str, tuple[str, Vector]] = {}
    for name in features[0]:
        if any(name not in feature for feature in features):
            continue
        values = np.array([feature[name] for feature in features])
        if said := _apart(name, values[right], values[~right]):
            plain = name == _quantity(name) and (_is_one(values[right]) or (values < 0).any())
            if plain or _quantity(name) not in found:  # of |a| and a, what says which side
                found[_quantity(name)] = (said, values)
    if not found:
        return ""
    (said, first), *others = found.values()
    # x and y of one length are one quantity; any other that tells them apart may be the cause
    return said if all(np.array_equal(first, values) for _, values in others) else ""


def _apart(name: str, right: Vector, wrong: Vector) -> str:
    """What a quantity says of the inputs, if all right ones lie on one side of all wrong ones."""
    plain = name.strip("|")  # of nothing, its size says no more
    if len(right) >= ENOUGH and _is_one(right) and right[0] not in wrong:
        return f"It is right where {name} is {right[0]:.6g}, and wrong wherever it is not."
    if right.max() < wrong.min():
        if right.max() == 0.0:
            return f"It is right where {plain} is 0, and wrong wherever it is not."
        return (
            f"It is right for {name} up to {_short(right.max())}, "
            f"and wrong from {_short(wrong.min())} on."
        )
    if wrong.max() < right.min():
        if wrong.max() == 0.0:
            return f"It is wrong only where {plain} is 0."
        return (
            f"It is right for {name} from {_short(right.min())} on, "
            f"and wrong up to {_short(wrong.max())}."
        )
    return ""


def _short(value: float) -> str:
    """Three digits, but a whole number whole."""
    return f"{value:.0f}" if value % 1 == 0 and abs(value) < 1e6 else f"{value:.3g}"


def _is_one(values: Vector) -> bool:
    """Whether all values are the same, and not zero, which has words of its own."""
    return bool(np.ptp(values) == 0.0 != values[0])


def _quantity(feature: str) -> str:
    """What a feature is about: `|log a|`, `log_a` and `a` are about the same quantity."""
    return feature.strip("|").removeprefix("log").strip(" _")


def _features(evidence: Evidence, given: Sequence[Given]) -> list[dict[str, float]]:
    """Quantities by which inputs differ, each under the name that a student knows it by."""
    if by_author := evidence.exercise.features:
        return [dict(pair for features in by_author for pair in features(one)) for one in given]
    entries = [part for part in numbers_in(given) if part.place is not None]
    return [
        dict(plain_features(one))
        | {part.words: float(part.of(one)) for part in entries if part.of(one).ndim == 0}
        for one in given
    ]


def plain_features(given: Given) -> Iterator[tuple[str, float]]:
    """The quantities that any arguments have: the size of arrays, and numbers themselves."""
    for name, value in given.items():
        yield from feature_of(name, value)


def feature_of(name: str, value: Any) -> Iterator[tuple[str, float]]:
    """The quantities that one argument has."""
    if isinstance(value, np.ndarray) and value.ndim:
        many = f"len({name})" if value.ndim == 1 else f"the number of values in {name}"
        yield many, float(value.size)
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
    """How many digits are right, if some are on every input.

    Where all answers are as close as explanations ask for, and claims ask for more, of all numbers.
    """
    values = evidence.values
    if len(values.every) < FEW or not evidence.everywhere:
        return ""
    close = bool(values.right_rows.all())
    if close and evidence.exercise.approximate is not None:
        return ""
    within = 0.0 if close else values.within
    off = np.concatenate([_relative(row, within) for row in values.every])
    if close and len(off) < MOST * sum(len(row.expected) for row in values.every):
        return ""
    if len(off) < FEW or not np.isfinite(off).all() or off.max() > COARSE:
        return ""
    most_exact = np.quantile(off, FLUKES) if close else off.min()  # some are right by chance
    fewest, middle, most = -np.log10([off.max(), np.median(off), most_exact])
    if most > MANY:
        return ""
    count = f"about {middle:.0f}" if most - fewest < 2 else f"{fewest:.0f} to {most:.0f}"
    return f"It is right to {count} digits, and no further."


def _relative(row: Row, within: float) -> Vector:
    """The relative errors of a row's wrong numbers, of its largest."""
    wrong = (row.got != row.expected) & ~close_to(row.expected, row.got, within)
    with np.errstate(all="ignore"):
        return (np.abs(row.got - row.expected) / np.max(np.abs(row.expected)))[wrong]


def side(evidence: Evidence) -> str:
    """Whether it is always too large, or always too small."""
    if not _may_be_located(evidence) or evidence.exercise.up_to_a_constant:
        return ""  # of answers up to a constant, a difference's sign depends on which is first
    table = evidence.answered
    rows = [(row, close_to(row.expected, row.got, table.within)) for row in table.every]
    off = np.concatenate([(row.got - row.expected)[~right] for row, right in rows])
    if len(off) < FEW or not np.isfinite(off).all():
        return ""
    one = all(len(row.expected) == 1 for row in table.every)
    several = "Wherever it is wrong, it" if one else "Each number that is wrong"
    if (off > 0).all():
        return f"{several} is too large."
    return f"{several} is too small." if (off < 0).all() else ""
