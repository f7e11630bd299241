"""What a function was called with, as a student reads it, and a line that calls it so again.

    shown_inputs(exercise, failure)          # {"x": [1.0], "y": [2.0], "m": 0.5}
    line_to_paste([question], given)         # "mean(np.array([2.0]))"

Inputs are the arguments of the call, under the names that the exercise gives them. A long array is
described by its shape and its range.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from course_lib.claims.exercise import Exercise
from course_lib.claims.shrinking import Failure
from course_lib.feedback.shown import shown
from course_lib.protocol.questions import Question, Step
from course_lib.protocol.values import Numbers, Ref, Seed, Table, natural

READABLE = 200  # numbers; a longer array is described
LONGEST = 600  # characters of a line that is still pasted at ease

_MODULES = {
    "np": "import numpy as np",
    "tf": "import tensorflow as tf",
    "pd": "import pandas as pd",
}


def shown_inputs(exercise: Exercise, failure: Failure) -> dict[str, Any]:
    """The arguments of the failing call by their names, ready for a verdict.

    Of a class these are the arguments with which an object is made. Where a claim failed before it
    asked anything, they are the claim's own inputs.
    """
    question = failure.question
    if question is not None and question.function == exercise.name:
        pairs = zip(exercise.arguments, question.steps[0].arguments, strict=False)
        return {name: _brief(argument) for name, argument in pairs}
    found: dict[str, Any] = {}
    for name, value in failure.inputs.items():
        parts = shown(value)
        record = isinstance(parts, dict) and not isinstance(value, dict)
        found.update(parts if record else {name: _quoted(parts)})
    return found


def _brief(argument: Any) -> Any:
    """One argument in JSON's types: text in quotes, long arrays by their shape and range."""
    value = natural(argument)
    if isinstance(value, np.ndarray) and value.size > READABLE and value.dtype.kind in "biuf":
        low, high = (float(f"{end:.3g}") for end in (np.min(value), np.max(value)))
        return f"{value.dtype.name} array {list(value.shape)}, from {low:g} to {high:g}"
    if isinstance(argument, str | list | tuple | Mapping) and not isinstance(argument, Table):
        return _quoted(shown(argument))
    return shown(argument)


def _quoted(value: Any) -> Any:
    match value:
        case str():
            return repr(value)
        case list():
            return [_quoted(item) for item in value]
        case dict():
            return {repr(name): _quoted(item) for name, item in value.items()}
    return value


class _Unwritten(Exception):
    """A value that a line cannot hold, such as a function that stays with the grader."""


def line_to_paste(questions: Sequence[Question], given: Collection[str]) -> str:
    """Python that asks the same again; "" where that is too long, or cannot be written.

    Calls that are to be compared stand in one tuple, a line each: a notebook shows all their
    values. Where that cannot be written it is the first call alone. given: the names that the
    notebook has from its first cells; modules among the others are imported in the line.
    """
    for asked in (questions, questions[:1]):
        try:
            text = _written(asked[0]) if len(asked) == 1 else _compared(asked)
        except _Unwritten:
            continue
        wanted = [m for name, m in _MODULES.items() if f"{name}." in text and name not in given]
        text = "\n".join([*wanted, text])
        if len(text) <= LONGEST:
            return text
    return ""


def _compared(questions: Sequence[Question]) -> str:
    """One tuple of several calls. Raises _Unwritten where one is more than an expression."""
    if not all(question.simple and question.mode == "value" for question in questions):
        raise _Unwritten
    return "(" + ",\n ".join(map(_written, questions)) + ")"


def _written(question: Question) -> str:
    steps, tensors = question.steps, question.takes == "tensors"
    if question.mode == "gradient":
        return _gradient(steps[-1])
    if len(steps) == 1:
        return _call(steps[0], tensors, {})
    names = {k: f"object_{k}" for k in {step.of for step in steps} if k is not None}
    if len(names) == 1:
        names = dict.fromkeys(names, "it")
    lines = []
    for number, step in enumerate(steps):
        text = _call(step, tensors, names)
        lines.append(f"{names[number]} = {text}" if number in names else text)
    return "; ".join(lines)


def _call(step: Step, tensors: bool, names: Mapping[int, str]) -> str:
    """One step as Python."""
    if step.do == "variable":
        return step.name
    owner = "" if step.of is None else f"{names[step.of]}."
    if step.do == "attribute":
        return f"{owner}{step.name}"
    values = step.arguments
    if tensors and len(values) > 1 and all(map(_plain, values)):
        inside = ", ".join(map(_literal, map(_list, values)))
        return f"{owner}{step.name}(*(tf.constant(v, tf.float64) for v in ({inside})))"
    write = functools.partial(_argument, tensors=tensors, names=names)
    return f"{owner}{step.name}({', '.join(map(write, values))})"


def _gradient(step: Step) -> str:
    """A tape around the call."""
    if not all(map(_plain, step.arguments)):
        raise _Unwritten
    inside = ", ".join(map(_literal, map(_list, step.arguments)))
    by = ", ".join(f"v[{k}]" for k in step.by)
    return (
        f"v = [tf.constant(each, tf.float64) for each in ({inside},)]\n"
        f"with tf.GradientTape() as tape: tape.watch(v); value = {step.name}(*v)\n"
        f"tape.gradient(value, [{by}])"
    )


def _plain(value: Any) -> bool:
    """Whether it is a number or an array of numbers."""
    if isinstance(value, bool | list | tuple | Mapping):
        return False
    return isinstance(natural(value), int | float | np.ndarray | np.number)


def _list(value: Any) -> Any:
    value = natural(value)
    if not isinstance(value, np.ndarray | np.generic):
        return value
    _let_it_fit(value.size)
    return value.tolist()


def _let_it_fit(items: int) -> None:
    """Raise _Unwritten for more items than a line has characters, before they are written."""
    if items > LONGEST:
        raise _Unwritten


def _argument(value: Any, *, tensors: bool, names: Mapping[int, str]) -> str:
    if isinstance(value, Ref):
        if value.step not in names:
            raise _Unwritten
        return names[value.step]
    if tensors and _plain(value):
        return f"tf.constant({_literal(_list(value))}, tf.float64)"
    return _literal(value)


def _literal(value: Any) -> str:
    """A value as Python writes it. Raises _Unwritten."""
    if isinstance(value, Numbers):
        value = natural(value)
    match value:
        case None | bool() | int() | str() | complex():
            return repr(value)
        case float():
            return repr(value) if np.isfinite(value) else f"float({str(value)!r})"
        case np.ndarray():
            return f"np.array({_literal(_list(value))})"
        case np.generic():
            return _literal(value.item())
        case Seed():
            return f"np.random.default_rng({value.seed})"
        case Table():
            return f"pd.DataFrame({_literal(dict(value.columns))})"
        case list():
            _let_it_fit(len(value))
            return f"[{', '.join(map(_literal, value))}]"
        case tuple():
            _let_it_fit(len(value))
            inside = ", ".join(map(_literal, value))
            return f"({inside},)" if len(value) == 1 else f"({inside})"
        case dict():
            _let_it_fit(len(value))
            return "{" + ", ".join(f"{_literal(k)}: {_literal(v)}" for k, v in value.items()) + "}"
    raise _Unwritten
