"""Make one call of a student's function and describe what came back.

    perform({"tf_log_like": tf_log_like}, Call("tf_log_like", "value", (x, y, m, b, s)))

Used in the student's own notebook and in the process that runs a submission; it is the only
module of this room that imports TensorFlow, and the only one that runs a student's code.
"""

from __future__ import annotations

import difflib
import linecache
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import numpy as np
import tensorflow as tf

from course_lib.calls.answer import Answer, Argument, Call, Part

MAX_RETURNED = 16  # parts in a returned tuple or list; the longest right answer has three


def perform(namespace: Mapping[str, Any], call: Call) -> Answer:
    """Call `namespace[call.function]`; whatever goes wrong is an answer too, never an exception.

    Only SystemExit and KeyboardInterrupt from outside would be worth passing on, and a submission
    may raise those as well: they are answers like any other.
    """
    function = namespace.get(call.function)
    if function is None:
        return _missing(namespace, call.function)
    if not callable(function):
        kind = type(function).__name__
        return Answer.failed("missing", f"{call.function} is of type {kind}, not a function")
    try:
        arguments = [_hand_over(argument, call) for argument in call.arguments]
        if call.mode == "value":
            return described(function(*arguments))
        return _differentiate(function, arguments, call.by)
    except BaseException as error:
        return Answer.failed("raised", _one_line(error), own_lines(error.__traceback__))


def _hand_over(argument: Argument, call: Call) -> Any:
    """A fresh object per call, so that what a function does to its input stays with it."""
    if call.takes == "tensors":
        return tf.constant(argument, dtype=tf.float64)
    return argument if isinstance(argument, float) else argument.copy()


def _differentiate(function: Any, arguments: list[Any], by: tuple[int, ...]) -> Answer:
    watched = [arguments[index] for index in by]
    with tf.GradientTape() as tape:
        tape.watch(watched)
        value = function(*arguments)
    if not tf.is_tensor(value):
        kind = type(value).__name__
        return Answer.failed("returned", f"{kind}: TensorFlow can differentiate only a tensor")
    derivatives = tape.gradient(value, watched)
    return Answer(tuple(_part(derivative) for derivative in derivatives), "tuple")


def described(value: Any) -> Answer:
    """What `value` is and its numbers, or why it has none."""
    try:
        if isinstance(value, (tuple, list)):
            if len(value) > MAX_RETURNED:
                # a long list of numbers is an array that was not made one
                return Answer((_part(np.asarray(value)),))
            container = "tuple" if isinstance(value, tuple) else "list"
            return Answer(tuple(_part(item) for item in value), container)
        if value is None:
            return Answer.failed("returned", "None: is a `return` missing?")
        return Answer((_part(value),))
    except (TypeError, ValueError) as error:
        kind = type(value).__name__
        return Answer.failed("returned", f"something that is not numbers ({kind}): {error}")


def _part(value: Any) -> Part:
    if value is None:
        return Part("none", "none", np.empty(0))
    if isinstance(value, tf.IndexedSlices):
        value = tf.convert_to_tensor(value)
    if tf.is_tensor(value) or isinstance(value, tf.Variable):
        if not hasattr(value, "numpy"):
            raise TypeError("a symbolic tensor, which has no value outside its tf.function")
        return Part("tensor", value.dtype.name, _float64(value.numpy()))
    if isinstance(value, (np.ndarray, list, tuple)):
        array = np.asarray(value)
        return Part("array", array.dtype.name, _float64(array))
    if isinstance(value, (bool, int, float, np.number, np.bool_)):
        return Part("number", np.asarray(value).dtype.name, _float64(value))
    raise TypeError(type(value).__name__)


def _float64(value: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"values of type {array.dtype.name}")
    return np.array(array, dtype=np.float64)


def _missing(namespace: Mapping[str, Any], name: str) -> Answer:
    functions = [key for key, value in namespace.items() if callable(value) and key[0] != "_"]
    close = difflib.get_close_matches(name, functions, n=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    return Answer.failed("missing", f"there is no function {name} in the notebook{hint}")


def _one_line(error: BaseException) -> str:
    try:
        text = "".join(traceback.format_exception_only(error)).strip()
    except BaseException:  # an exception's own __str__ is a student's code too
        text = type(error).__name__
    return text


def own_lines(trace: TracebackType | None) -> str:
    """The student's lines of a traceback: those of notebook cells, not ours, not a library's."""
    lines = []
    for frame, number in traceback.walk_tb(trace):
        filename = frame.f_code.co_filename
        if "ipython-input" in filename or "ipykernel" in filename or filename.startswith("<cell"):
            text = linecache.getline(filename, number).strip()
            lines.append(f"line {number} of {frame.f_code.co_name}: {text}")
    return "\n".join(lines[-8:])
