"""Carries out one question in the process where the student's functions live.

    perform({"energy": energy}, Question.call("energy", (q, 0.5), "tensors"))

Used in the student's own notebook and in the process that runs a submission; it is the only module
of this folder that runs a student's code. TensorFlow is imported only where tensors are asked for.
"""

from __future__ import annotations

import copy
import difflib
import importlib
import linecache
import re
import sys
import traceback
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

import numpy as np

from course_lib.protocol.left_alone import left_alone, name_of_argument
from course_lib.protocol.questions import Answer, Question, Step, Unanswerable
from course_lib.protocol.values import (
    Callback,
    CannotCross,
    Named,
    Numbers,
    Ref,
    Seed,
    Table,
    Value,
    as_value,
)

MOST_ASKED = 100_000  # calls of a callback within one question; 1000 steps of a sampler take 20,000
KEPT = 1_000  # of these, the first whose arguments are kept

Call = Callable[[Callback, tuple[Value, ...]], Value]


class TooManyAsked(RuntimeError):
    """A callback was called more often than any right answer calls it."""


class Counting:
    """Calls the callbacks of one question, and notes what was asked.

    changed: the names of arguments that a function has left in another state than it got them.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self.asked: list[tuple[Any, ...]] = []
        self.count = 0
        self.changed: list[str] = []

    def __call__(self, callback: Callback, arguments: tuple[Any, ...]) -> Any:
        """The callback's value. Raises TooManyAsked, and CannotCross for other arguments."""
        self.count += 1
        if self.count > MOST_ASKED:
            raise TooManyAsked(f"a function was called more than {MOST_ASKED:,} times")
        sent = tuple(as_value(_detached(argument)) for argument in arguments)
        if len(self.asked) < KEPT:
            self.asked.append(sent)
        return self._call(callback, sent)


def call_here(callback: Callback, arguments: tuple[Value, ...]) -> Value:
    """Call a callback that lives in this process; arguments and result are copies."""
    with np.errstate(all="ignore"):  # a student's infinities are judged, not warned of
        return as_value(callback.function(*(handed_over(value, "arrays") for value in arguments)))


def perform(namespace: Mapping[str, Any], question: Question, call: Call = call_here) -> Answer:
    """Answer `question` with what is in `namespace`; an error is an answer too.

    `call` asks a callback, here or across the wire. SystemExit and KeyboardInterrupt, which a
    submission may raise itself, are answers like any other.
    """
    first = question.steps[0]
    if first.name not in namespace:
        return _missing(namespace, first)
    if first.do in ("call", "gradient") and not callable(namespace[first.name]):
        kind = type(namespace[first.name]).__name__
        return Answer.failed("missing", f"{first.name} is of type {kind}, not a function")
    counting = Counting(call)
    figures = _open_figures()
    try:
        value = _described(carry_out(namespace, question, counting))
    except Unanswerable as why:
        return Answer.failed("returned", str(why))
    except BaseException as error:
        message, lines = _without_files(_one_line(error))
        return Answer.failed("raised", message, own_lines(error.__traceback__) or lines)
    finally:
        _close_figures(figures)
    if counting.changed:
        return Answer.failed("changed", counting.changed[0])
    return Answer(value, asked=tuple(counting.asked), count=counting.count)


def _open_figures() -> set[int]:
    """The numbers of pyplot's open figures, without importing Matplotlib."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot is not None else set()


def _close_figures(before: set[int]) -> None:
    """Close the figures that a question has opened, so that the next one finds none of them."""
    for number in _open_figures() - before:
        sys.modules["matplotlib.pyplot"].close(number)


def carry_out(namespace: Mapping[str, Any], question: Question, counting: Counting) -> Any:
    """What the last step of `question` gives, as it is; raises what the functions raise."""
    made: list[Any] = []
    for step in question.steps:
        made.append(_step(namespace, step, question, made, counting))
    return made[-1]


def _step(
    namespace: Mapping[str, Any], step: Step, question: Question, made: list[Any], call: Counting
) -> Any:
    arguments = [_argument(value, question, made, call) for value in step.arguments]
    match step.do:
        case "call":
            return _called(namespace[step.name], step, arguments, call)
        case "gradient":
            from course_lib.protocol.tensors import differentiate

            return differentiate(namespace[step.name], arguments, step.by)
        case "variable":
            return namespace[step.name]
    assert step.of is not None
    found = getattr(made[step.of], step.name)
    return _called(found, step, arguments, call) if step.do == "method" else found


def _called(
    function: Callable[..., Any], step: Step, arguments: list[Any], counting: Counting
) -> Any:
    value = function(*arguments)
    for place, (sent, argument) in enumerate(zip(step.arguments, arguments, strict=True)):
        if not left_alone(sent, argument):
            counting.changed.append(name_of_argument(function, place))
    return value


def _argument(value: Value, question: Question, made: list[Any], call: Counting) -> Any:
    match value:
        case Ref():
            return made[value.step]
        case Callback():
            return _stand_in(value, call)
        case tuple():
            return tuple(_argument(item, question, made, call) for item in value)
        case list():
            return [_argument(item, question, made, call) for item in value]
        case dict():
            return {name: _argument(item, question, made, call) for name, item in value.items()}
    return handed_over(value, question.takes)


def _stand_in(callback: Callback, call: Counting) -> Callable[..., Any]:
    def ask(*arguments: Any) -> Any:
        """Ask the grader, where this function lives."""
        value = call(callback, arguments)
        takes = "tensors" if any(_is_tensor(argument) for argument in arguments) else "arrays"
        return handed_over(value, takes)

    return ask


def handed_over(value: Value, takes: str) -> Any:
    """A fresh object for each question: what a function does to its input stays with it."""
    match value:
        case Numbers():
            array = np.array(value.values)
            plain = array[()] if value.kind == "number" else array
            return _tensor(plain) if takes == "tensors" else plain
        case np.ndarray():
            return _tensor(value) if takes == "tensors" else np.array(value)
        case bool() | None | str():
            return value
        case int() | float():
            return _tensor(value) if takes == "tensors" else value
        case tuple():
            return tuple(handed_over(item, takes) for item in value)
        case list():
            return [handed_over(item, takes) for item in value]
        case dict():
            return {name: handed_over(item, takes) for name, item in value.items()}
        case Table():
            import pandas

            return pandas.DataFrame(copy.deepcopy(value.columns))
        case Seed():
            return np.random.default_rng(value.seed)
        case Named():
            return getattr(importlib.import_module(value.module), value.name)
        case Callback():
            return value.function
    return value


def _tensor(value: Any) -> Any:
    from course_lib.protocol.tensors import float64

    return float64(value)


def _is_tensor(value: Any) -> bool:
    """Whether it is TensorFlow's, without importing TensorFlow."""
    tensorflow = sys.modules.get("tensorflow")
    return tensorflow is not None and (
        tensorflow.is_tensor(value) or isinstance(value, tensorflow.Variable)
    )


def _detached(value: Any) -> Any:
    """Tensors in `value`, however deep in tuples, lists and dicts, as what they hold."""
    if _is_tensor(value):
        from course_lib.protocol.tensors import numbers

        return numbers(value)
    if isinstance(value, tuple):
        return tuple(_detached(item) for item in value)
    if isinstance(value, list):
        return [_detached(item) for item in value]
    if isinstance(value, dict):
        return {name: _detached(item) for name, item in value.items()}
    return value


def _described(value: Any) -> Value:
    """What `value` is, in the kinds that cross."""
    try:
        found = as_value(_detached(value))
    except (CannotCross, TypeError, ValueError, RecursionError) as error:
        raise Unanswerable(
            f"something that cannot be compared ({type(value).__name__}): {error}"
        ) from None
    if isinstance(found, Callback):
        raise Unanswerable("a function: is there a pair of parentheses missing?")
    return found


def _missing(namespace: Mapping[str, Any], step: Step) -> Answer:
    what = "variable" if step.do == "variable" else "function"
    names = [
        name
        for name, value in namespace.items()
        if name[0] != "_" and (callable(value) or what == "variable")
    ]
    same = [name for name in names if name.lower() == step.name.lower()]
    close = difflib.get_close_matches(step.name, names, n=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    if same:
        hint = f", but there is {same[0]}: upper and lower case letters are different"
    return Answer.failed("missing", f"there is no {what} {step.name} in the notebook{hint}")


def _one_line(error: BaseException) -> str:
    try:
        text = "".join(traceback.format_exception_only(error)).strip()
    except BaseException:  # an exception's own __str__ is a student's code too
        text = type(error).__name__
    return text


_IN_USER_CODE = "in user code:"  # how TensorFlow begins what a compiled function raised
_A_LINE = re.compile(r'File "[^"]*", line (\d+), in (\w+)[^\n]*\n\s*([^\n]+)')
_OF_A_CELL = re.compile(r'^\s*File "(<cell|[^"]*ipykernel|<ipython)')


def _without_files(text: str) -> tuple[str, str]:
    """An error's own words, and the lines that TensorFlow or Python's parser put before them.

    A cell's file is an internal name that no student knows.
    """
    kind, begins, rest = text.partition(_IN_USER_CODE)
    if begins:
        lines = [f"line {n} of {name}: {code}" for n, name, code in _A_LINE.findall(rest)]
        words = [part.strip() for part in rest.split("\n\n") if 'File "' not in part]
        said = [part for part in words if part]
        return (said[-1] if said else f"{kind}{rest}".strip()), "\n".join(lines[-8:])
    if _OF_A_CELL.match(text):  # a SyntaxError, over several lines
        return text.splitlines()[-1], ""
    return text, ""


def own_lines(trace: TracebackType | None) -> str:
    """The student's lines of a traceback: those of notebook cells, not ours, not a library's."""
    lines = []
    for frame, number in traceback.walk_tb(trace):
        filename = frame.f_code.co_filename
        if "ipython-input" in filename or "ipykernel" in filename or filename.startswith("<cell"):
            text = linecache.getline(filename, number).strip()
            lines.append(f"line {number} of {frame.f_code.co_name}: {text}")
    return "\n".join(lines[-8:])
