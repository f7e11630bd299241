"""Whether a function left an argument as it was: data changed in place change for everyone.

>>> data = np.array([1.0, 2.0])
>>> left_alone(np.array([1.0, 2.0]), data)
True
>>> data -= 1.0
>>> left_alone(np.array([1.0, 2.0]), data)
False
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from course_lib.protocol.values import Numbers, Table, Value


def left_alone(sent: Value, argument: Any) -> bool:
    """Whether an array, a table, a list or a dict holds what was sent.

    Other kinds are said to: numbers, text and tensors cannot be changed, a generator has to be.
    """
    if isinstance(argument, np.ndarray):
        values = np.asarray(sent.values if isinstance(sent, Numbers) else sent)
        return argument.shape == values.shape and argument.tobytes() == values.tobytes()
    match sent:
        case list() | tuple():
            return len(argument) == len(sent) and all(map(left_alone, sent, argument))
        case dict():
            return list(argument) == list(sent) and all(
                left_alone(sent[name], argument[name]) for name in sent
            )
        case Table():
            return list(argument.columns) == list(sent.columns) and all(
                _same(column, argument[name]) for name, column in sent.columns.items()
            )
        case bool() | int() | float() | str() if isinstance(argument, (bool, int, float, str)):
            return _same([sent], [argument])
    return True


def _same(column: Iterable[Any], other: Iterable[Any]) -> bool:
    """Whether two columns hold the same; a nan is the same as a nan."""
    one, two = list(column), list(other)
    return len(one) == len(two) and all(
        bool(a == b) or bool(a != a and b != b) for a, b in zip(one, two, strict=True)
    )


def name_of_argument(function: Callable[..., Any], place: int) -> str:
    """The name that a function's author has given to one of its arguments."""
    try:
        return list(inspect.signature(function).parameters)[place]
    except (TypeError, ValueError, IndexError):
        return f"number {place + 1}"
