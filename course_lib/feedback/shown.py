"""Values in JSON's own types, for a verdict and a card.

>>> shown((1.5, None, {"name": "ada"}))
[1.5, None, {'name': 'ada'}]
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Mapping
from typing import Any

import numpy as np

from course_lib.protocol.values import Callback, Figure, Named, Numbers, Seed, Table, describe

TEXT_LIMIT = 400  # characters of what is shown by its own words
WRITTEN = 1024  # bits of a whole number that JSON's readers take; more is text
MOST_BITS = 14_000  # that Python writes in decimals
ITEMS_LIMIT = 1000  # of one list: a card shows a few


def whole(value: int) -> str:
    """A whole number as text: a long one by its first and last digits.

    >>> whole(2**100), whole(-(2**30000))
    ('12676506…03205376 (31 digits)', 'about -2**30001')
    """
    if value.bit_length() > MOST_BITS:
        return f"about {'-' if value < 0 else ''}2**{value.bit_length()}"
    digits = str(value)
    return digits if len(digits) <= 20 else f"{digits[:8]}…{digits[-8:]} ({len(digits)} digits)"


def shown(value: Any) -> Any:
    """`value` in JSON's own types; what has none of them in words. Complex numbers are words."""
    match value:
        case None | bool() | str():
            return value
        case int():
            return value if value.bit_length() <= WRITTEN else whole(value)
        case float():
            return float(value)
        case complex():
            return str(complex(value.real + 0.0, value.imag + 0.0))  # -0.0 is 0 to a reader
        case np.ndarray() | np.generic():
            return shown(value.tolist())
        case Numbers():
            return shown(value.values)
        case Seed():
            return f"default_rng({value.seed})"
        case Named():
            return f"{value.module}.{value.name}"
        case Figure():
            return describe(value)
        case Callback():
            return shown(value.function)
        case Table():
            return {name: shown(column) for name, column in value.columns.items()}
        case Mapping():
            return {str(name): shown(item) for name, item in value.items()}
        case tuple() if hasattr(value, "_asdict"):
            return {name: shown(item) for name, item in value._asdict().items()}
        case tuple() | list() | set() | frozenset():
            return [shown(item) for item in list(value)[:ITEMS_LIMIT]]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((each.name, getattr(value, each.name)) for each in dataclasses.fields(value))
        return {name: shown(item) for name, item in pairs}
    if callable(value):
        return _of_function(value)
    return repr(value)[:TEXT_LIMIT]


def _of_function(function: Any) -> str:
    """A function by its name, by what it is made from, and by its docstring's first line."""
    if isinstance(function, functools.partial):
        given = [repr(value) for value in function.args]
        given += [f"{name}={value!r}" for name, value in function.keywords.items()]
        inner = getattr(function.func, "__name__", type(function.func).__name__)
        return f"the function {inner} with {', '.join(given)} filled in"[:TEXT_LIMIT]
    said = f"the function {getattr(function, '__name__', type(function).__name__)}"
    owner = getattr(function, "__self__", function)
    if dataclasses.is_dataclass(owner) and not isinstance(owner, type):
        said += f" of {owner!r}"
    first = (inspect.getdoc(function) or "").partition("\n")[0]
    return f"{said}: {first}"[:TEXT_LIMIT] if first else said[:TEXT_LIMIT]
