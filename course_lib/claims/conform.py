"""Reads an answer as the kind of thing that the right answer is.

    conform(answer, like)      # like: the right answer to the same question

Lenient about containers, since what type came back may be a claim of its own: a list will do for a
tuple, an array of three for three numbers, a shape [1] for a number. A tuple of floats is read as
one float64 array, so that claims can add and compare. A dict has the right one's keys, a table its
columns and as many rows, a figure its panels and as many lines, bars and so on: a claim may use
them unseen, as it may any place of a list. What cannot be read so is a ClaimFailure that says both
in words.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.claims.failures import CallFailed, ClaimFailure
from course_lib.protocol.figures import Artist, Axes, Figure
from course_lib.protocol.questions import Answer
from course_lib.protocol.values import Numbers, Table, Value, describe, natural, numbers_of


def conform(answer: Answer, like: Value) -> Any:
    """The answer's value, read as `like` is. Raises ClaimFailure or CallFailed where it cannot."""
    if answer.error is not None:
        raise CallFailed(answer)
    if answer.value is None and like is not None:
        raise CallFailed(Answer.failed("returned", "None: is a `return` missing?"))
    return _read(answer.value, like, answer.value, like)


def float_shape(like: Value) -> tuple[int, ...] | None:
    """The shape of the float64 array that an answer like this is read as; None for other kinds."""
    match like:
        case bool():
            return None
        case float():
            return ()
        case Numbers() if like.values.dtype.kind == "f":
            return like.values.shape
        case tuple() | list() if like and all(float_shape(item) == () for item in like):
            return (len(like),) if isinstance(like, tuple) else None
    return None


def _read(value: Value, like: Value, whole: Value, due: Value) -> Any:
    shape = float_shape(like)
    if shape is not None:
        return _floats(value, shape, whole, due)
    match like:
        case None:
            fits = value is None
        case bool():
            return _one(value, "b", whole, due)
        case int():
            return _one(value, "iu", whole, due)
        case complex():
            return _one(value, "cfiu", whole, due)
        case Numbers() if not like.values.shape:
            return _one(
                value, {"i": "iu", "u": "iu"}.get(like.values.dtype.kind, "cfiub"), whole, due
            )
        case Numbers():
            return _array(value, like, whole, due)
        case str():
            fits = isinstance(value, str)
        case dict():
            if isinstance(value, dict):
                read = {
                    name: _read(item, like[name], whole, due) if name in like else natural(item)
                    for name, item in value.items()
                }
                return CameDict(read, describe(whole))
            fits = False
        case tuple():
            if isinstance(value, Numbers) and value.values.ndim:
                value = value.values.tolist()
            if isinstance(value, (tuple, list)) and len(value) == len(like):
                pairs = zip(value, like, strict=True)
                return tuple(_read(item, each, whole, due) for item, each in pairs)
            fits = False
        case list():
            if isinstance(value, Numbers) and value.values.ndim:
                value = value.values.tolist()
            fits = isinstance(value, (list, tuple))
            if fits:
                return Came(map(natural, value), f"a list of {len(value)}")
        case Table():
            if isinstance(value, Table):
                return CameTable(value.columns)
            fits = False
        case Figure():
            if isinstance(value, Figure) and len(value.axes) >= len(like.axes):
                return Figure(tuple(map(_axes_that_came, value.axes)))
            fits = False
        case _:
            fits = True
    if not fits:
        raise ClaimFailure(describe(due), describe(whole))
    return natural(value)


class Came(list[Any]):
    """A list that came from a student. An item that is not there is a ClaimFailure."""

    def __init__(self, items: Iterable[Any], said: str) -> None:
        super().__init__(items)
        self._said = said

    def __getitem__(self, place: Any) -> Any:
        try:
            return super().__getitem__(place)
        except IndexError:
            least = place + 1 if place >= 0 else -place
            raise ClaimFailure(f"at least {least}", self._said) from None


class CameDict(dict[Any, Any]):
    """A dict that came from a student. A key that is not there is a ClaimFailure."""

    def __init__(self, items: Mapping[Any, Any], said: str) -> None:
        super().__init__(items)
        self._said = said

    def __missing__(self, name: Any) -> Any:
        raise ClaimFailure(f"a dict with {name}", self._said)


class CameTable(Table):
    """A table that came from a student. A column that is not there is a ClaimFailure."""

    def __getitem__(self, name: str) -> Any:
        if name not in self.columns:
            raise ClaimFailure(f"a table with a column {name}", describe(self))
        return super().__getitem__(name)


class CameAxes(Axes):
    """A panel that came from a student. An artist that is not there is a ClaimFailure."""

    def of_kind(self, kind: str) -> list[Artist]:
        """The artists of one kind, in the order in which they were drawn."""
        return Came(super().of_kind(kind), describe(Figure((self,))))


def _axes_that_came(axes: Axes) -> CameAxes:
    fields = {each.name: getattr(axes, each.name) for each in dataclasses.fields(axes)}
    return CameAxes(**fields)


def _floats(value: Value, shape: tuple[int, ...], whole: Value, due: Value) -> NDArray[np.float64]:
    numbers = numbers_of(value)
    if numbers is None and isinstance(value, (tuple, list)):  # parts that are None are left out
        numbers = numbers_of([item for item in value if item is not None])
    fits = numbers is not None and numbers.size == int(np.prod(shape)) and _alike(value, shape)
    if numbers is None or not fits:
        raise ClaimFailure(in_words(due), describe(whole))
    return numbers.reshape(shape)


def _alike(value: Value, shape: tuple[int, ...]) -> bool:
    """Whether an array's shape is `shape`, axes of length one aside; flat ones always are."""
    if len(shape) < 2 or not isinstance(value, Numbers):
        return True
    return [n for n in value.values.shape if n != 1] == [n for n in shape if n != 1]


def _array(value: Value, like: Numbers, whole: Value, due: Value) -> NDArray[Any]:
    """An array of whole numbers, truths or complex numbers."""
    kinds = {"i": "iu", "u": "iu", "b": "b"}.get(like.values.dtype.kind, "cfiu")
    found = value.values if isinstance(value, Numbers) else None
    if found is None and isinstance(value, (list, tuple)):
        try:
            found = np.asarray(natural(value))
        except (ValueError, OverflowError):
            found = None
    if found is None or (found.size and found.dtype.kind not in kinds):
        raise ClaimFailure(describe(due), describe(whole))
    if found.size != like.values.size:
        raise ClaimFailure(describe(due), describe(whole))
    return found.reshape(like.values.shape)


def _one(value: Value, kinds: str, whole: Value, due: Value) -> Any:
    """One number of NumPy's `kinds`."""
    if isinstance(value, (tuple, list)) and len(value) == 1:
        value = value[0]
    if isinstance(value, Numbers) and value.values.size == 1:
        value = value.values.reshape(())[()].item()
    kind = {bool: "b", int: "i", float: "f", complex: "c"}.get(type(value))
    if kind is None or kind not in kinds:
        raise ClaimFailure(in_words(due), describe(whole))
    return value


def in_words(like: Value) -> str:
    """What is asked for, as a student reads it: `one number`, `three float64 tensors without axes`.

    >>> in_words((1.0, 2.0))
    'two numbers'
    """
    match like:
        case bool():
            return "True or False"
        case int():
            return "a whole number"
        case float() | complex():
            return "one number"
        case Numbers() if not like.values.shape:
            tensor = "one float64 tensor without axes"
            return tensor if like.kind == "tensor" else "one number"
        case Numbers() if like.values.ndim == 1 and like.kind == "array":
            many = len(like.values)
            return f"an array of {_count(many)} number{'s' if many != 1 else ''}"
        case tuple() if like and all(float_shape(item) == () for item in like):
            tensors = all(isinstance(item, Numbers) and item.kind == "tensor" for item in like)
            what = "float64 tensors without axes" if tensors else "numbers"
            return f"{_count(len(like))} {what}"
    return describe(like)


_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _count(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else str(number)
