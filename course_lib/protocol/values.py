"""The values that cross between the grader and a submission's process, on the grader's side.

None, bool, int, float, complex, text, tuples, lists and dicts are themselves. What needs a word
about what it was has a class here:

    Numbers    an array, a tensor, or one of NumPy's own numbers: kind, dtype, values
    Table      a DataFrame: columns by name
    Figure     a figure of Matplotlib's: axes, labels, and the data of what is drawn
    Seed       a random generator, which crosses as the seed that it starts from
    Callback   a function that stays with the grader; the student's process asks for its values
    Named      an object that both sides import: `Named("given", "log_density")`
    Ref        what an earlier step of the same question made

`as_value` turns what an ordinary Python function returned into these; `key` is equal for equal
values; `describe` says in words what a value is.

>>> describe(as_value((1.5, 3, np.zeros(2))))
'a tuple of 3: float, int, float64 array [2]'
"""

from __future__ import annotations

import functools
import math
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from course_lib.protocol.figures import Axes, Figure, figure_of, is_figure

Value = Any  # one of the kinds named at the top
NumbersKind = Literal["array", "tensor", "number"]


class CannotCross(TypeError):
    """A value of a kind that does not cross; the message names its type."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """An array, a tensor, or a number of NumPy's: what it was, and its values.

    dtype is the name of the type that it had, such as "float32" or "bfloat16".
    """

    kind: NumbersKind
    dtype: str
    values: NDArray[Any]


@dataclass(frozen=True, eq=False)
class Table(Mapping[str, Any]):
    """A table: columns by name, each an array or a list of values, all of one length."""

    columns: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return max((len(column) for column in self.columns.values()), default=0)


@dataclass(frozen=True)
class Seed:
    """A generator, `numpy.random.default_rng(seed)`, made anew for each question."""

    seed: int


@dataclass(frozen=True)
class Named:
    """What both sides import: an attribute of a module that students have too."""

    module: str
    name: str


@dataclass(frozen=True)
class Ref:
    """The result of an earlier step of the same question, by its number from 0."""

    step: int


@dataclass(frozen=True, eq=False)
class Callback:
    """A function that stays with the grader, under the name that its arguments go by.

    `key` tells one from another: two callbacks with equal keys give equal values.
    """

    function: Callable[..., Any]
    key: tuple[object, ...] = field(default=())
    number: int = -1  # by which the student's process knows it

    @classmethod
    def far(cls, number: int) -> Callback:
        """A callback as the student's process has it: only its number."""
        return cls(_elsewhere, ("far", number), number)

    @classmethod
    def of(cls, function: Callable[..., Any]) -> Callback:
        """Wrap a function. Raises CannotCross where it cannot be told from others."""
        return cls(function, _key_of_function(function))


def _elsewhere(*_arguments: Any) -> Any:
    raise RuntimeError("this function lives in another process")


def _key_of_function(function: Callable[..., Any]) -> tuple[object, ...]:
    """What a function is and what it holds on to: its name, closure, defaults, bound object."""
    if isinstance(function, functools.partial):
        inner = _key_of_function(function.func)
        return ("partial", inner, key(function.args), key(dict(function.keywords)))
    if is_dataclass(function) and not isinstance(function, type):
        return ("object", type(function).__qualname__, *map(key, _fields_of(function)))
    owner = getattr(function, "__self__", None)
    name = getattr(function, "__qualname__", None)
    if name is None:
        raise CannotCross(
            f"a callable of type {type(function).__name__}: make it a function, a "
            "functools.partial or a dataclass with __call__"
        )
    module = str(getattr(function, "__module__", ""))
    _refuse_another(module, name, getattr(function, "__code__", None))
    held: list[Any] = [cell.cell_contents for cell in getattr(function, "__closure__", None) or ()]
    held += getattr(function, "__defaults__", None) or ()
    held += [*(getattr(function, "__kwdefaults__", None) or {}).items()]
    if any(value is function for value in held):
        raise CannotCross(f"the function {name}, which holds itself: make it one that does not")
    bound = () if owner is None or _is_module(owner) else (_key_of_owner(owner),)
    # The last part of the module's name: the first changes with an assignment's contents.
    return (module.rpartition(".")[2], name, *bound, *map(key, held))


_CODES: dict[tuple[str, str], Any] = {}  # the code of each function that was handed over, by name


def _refuse_another(module: str, name: str, code: Any) -> None:
    """Raise CannotCross where another function of the same name was handed over before."""
    if _CODES.setdefault((module, name), code) != code:
        raise CannotCross(
            f"one of two functions that are both called {name}: give each a name of its own"
        )


def _key_of_owner(owner: Any) -> object:
    if is_dataclass(owner) and not isinstance(owner, type):
        return tuple(map(key, _fields_of(owner)))
    return key(owner)


def _fields_of(value: Any) -> list[Any]:
    return [getattr(value, each.name) for each in fields(value)]


def _is_module(value: Any) -> bool:
    return isinstance(value, type(sys))


def as_value(value: Any) -> Value:
    """`value` in the kinds that cross. Raises CannotCross for any other.

    Arrays are copied, so that they do not change afterwards.
    """
    match value:
        case None | bool() | int() | float() | complex() | str():
            return _plain(value)
        case Numbers() | Table() | Figure() | Seed() | Named() | Ref() | Callback():
            return value
        case np.bool_() | np.number():
            return _frozen("number", np.asarray(value))
        case np.ndarray():
            return _of_array(value)
        case tuple():
            return tuple(as_value(item) for item in value)
        case list():
            return [as_value(item) for item in value]
        case dict():
            return {as_value(name): as_value(item) for name, item in value.items()}
        case np.random.Generator():
            raise CannotCross("a random generator")
    if is_dataframe(value):
        if not value.columns.is_unique:
            raise CannotCross("a DataFrame with two columns of one name")
        return Table({str(name): column_values(value[name]) for name in value.columns})
    if is_series(value):
        return as_value(value.to_numpy())
    if is_figure(value):
        return figure_of(value)
    if callable(value):
        return Callback.of(value)
    raise CannotCross(type(value).__name__)


def _plain(value: Any) -> Any:
    """A subclass of one of Python's own types (an enum, a NumPy float) as the plain value."""
    if isinstance(value, np.generic):
        return _frozen("number", np.asarray(value))
    for kind in (bool, int, float, complex, str):
        if isinstance(value, kind):
            plain: Any = kind
            return value if type(value) is kind else plain(value)
    return None


def _of_array(array: NDArray[Any]) -> Value:
    if array.dtype.kind in "biufc":
        return _frozen("array", array)
    if array.dtype.kind in "US":
        return [str(item) for item in array.tolist()] if array.ndim == 1 else _nested(array)
    if array.dtype.kind == "O":
        return as_value(array.tolist())
    raise CannotCross(f"an array of {array.dtype.name}")


def _nested(array: NDArray[Any]) -> Value:
    return as_value(array.tolist())


def _frozen(kind: NumbersKind, array: NDArray[Any]) -> Numbers:
    copy = np.array(array)
    copy.flags.writeable = False
    return Numbers(kind, copy.dtype.name, copy)


def column_values(column: Any) -> Any:
    """A column of a DataFrame: an array where it holds numbers, else a list.

    Dates are text there, and what is missing is None.
    """
    array = column.to_numpy()
    if array.dtype.kind in "biufc":
        return _frozen("array", array).values
    if array.dtype.kind in "mM":
        return column.astype(str).tolist()
    missing = sys.modules["pandas"].NA
    return [
        None if item is missing or (isinstance(item, float) and item != item) else as_value(item)
        for item in array.tolist()
    ]


def is_dataframe(value: Any) -> bool:
    """Whether it is a DataFrame of pandas', without importing pandas."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def is_series(value: Any) -> bool:
    """Whether it is a Series of pandas', without importing pandas."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.Series)


def key(value: Value) -> object:
    """Hashable, and equal for equal values; floats are compared by their bits."""
    match value:
        case bool() | None | str():
            return (type(value).__name__, value)
        case int():
            return ("int", hex(value))  # as text: long ones cannot be written in decimals
        case float():
            return ("float", value.hex())
        case complex():
            return ("complex", value.real.hex(), value.imag.hex())
        case np.ndarray():
            return _key_of_array("array", value)
        case np.bool_() | np.number():
            return _key_of_array("number", np.asarray(value))
        case Numbers():
            return _key_of_array(value.kind, value.values)
        case tuple():
            return ("tuple", *(key(item) for item in value))
        case list():
            return ("list", *(key(item) for item in value))
        case dict():
            return ("dict", *((key(name), key(item)) for name, item in value.items()))
        case Table():
            return ("table", *((name, key(column)) for name, column in value.columns.items()))
        case Seed() | Named() | Ref():
            return value
        case Callback():
            return ("callback", value.key)
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__qualname__, *map(key, _fields_of(value)))
    return key(as_value(value))


NOT_A_NUMBER = 1.7e-300  # what stands for it where numbers are compared by their digits
COARSE = 2.0**40  # a mantissa's steps: twelve digits are compared


def coarse_key(value: Any, steps: float = COARSE) -> object:
    """As `key`, with floats to twelve digits: the same on machines whose last bits differ.

    steps: of a mantissa; fewer of them make more values equal.
    """
    match value:
        case float() if math.isfinite(value):
            return ("float", *_coarse_number(value, steps))
        case np.ndarray() if value.dtype.kind == "f":
            return ("array", value.shape, *_coarse(value, steps))
        case tuple() | list():
            return (type(value).__name__, *(coarse_key(item, steps) for item in value))
        case dict():
            return ("dict", *((key(name), coarse_key(item, steps)) for name, item in value.items()))
    if is_dataclass(value) and not isinstance(value, (type, Numbers, Table, Callback)):
        return (type(value).__qualname__, *(coarse_key(each, steps) for each in _fields_of(value)))
    return key(value)


def _coarse_number(value: float, steps: float) -> tuple[bytes, bytes]:
    """As `_coarse` of an array without axes; ten times as quick."""
    mantissa, exponent = math.frexp(value)
    return struct.pack("<q", round(mantissa * steps)), struct.pack("<i", exponent)


def _coarse(array: NDArray[Any], steps: float) -> tuple[bytes, bytes]:
    """Mantissas, rounded, and exponents: exact arithmetic, the same everywhere."""
    numbers = np.nan_to_num(np.asarray(array, dtype=np.float64), nan=NOT_A_NUMBER)
    mantissa, exponent = np.frexp(numbers)
    return np.round(mantissa * steps).astype("<i8").tobytes(), exponent.astype("<i4").tobytes()


def _key_of_array(kind: str, array: NDArray[Any]) -> object:
    return (kind, array.dtype.str, array.shape, array.tobytes())


def describe(value: Value, depth: int = 2) -> str:
    """What a value is, in words: `a tuple of 2: float32 tensor [], float`.

    Lists within lists are named to `depth`, for nobody reads more.
    """
    match value:
        case None:
            return "None"
        case bool() | int() | float() | complex():
            return type(value).__name__
        case str():
            return "text"
        case Numbers():
            shape = "" if value.kind == "number" else f" {list(value.values.shape)}"
            return f"{value.dtype} {value.kind}{shape}"
        case tuple() | list():
            return _of_sequence(value, depth)
        case dict():
            names = ", ".join(str(name) for name in list(value)[:SAID])
            return f"a dict with {names}" if value else "an empty dict"
        case Table():
            rows = "1 row" if value.rows == 1 else f"{value.rows} rows"
            return f"a table of {rows} with {', '.join(list(value)[:SAID])}"
        case Figure():
            panels = "; ".join(map(_of_panel, value.axes[:SAID]))
            return f"a figure with {panels}" if panels else "a figure with nothing in it"
    return type(value).__name__


def _of_sequence(value: tuple[Any, ...] | list[Any], depth: int) -> str:
    whole = f"a {type(value).__name__} of {len(value)}"
    if not value or depth <= 0:
        return whole
    parts = [describe(item, depth - 1) for item in value[: SAID + 1]]
    if len(value) > ALIKE and len({describe(item, 0) for item in value}) == 1:
        return f"{whole}, each: {parts[0]}"
    more = ", …" if len(value) > SAID else ""
    return f"{whole}: {', '.join(parts[:SAID])}{more}"


def _of_panel(axes: Axes) -> str:
    """`2 lines, bars`: what is drawn in one panel."""
    kinds = [artist.kind for artist in axes.artists]
    counts = ((kind, kinds.count(kind)) for kind in dict.fromkeys(kinds))
    return (
        ", ".join(f"{n} {k.removesuffix('s')}s" if n > 1 else k for k, n in counts) or "empty axes"
    )


ALIKE = 8  # parts of one kind that are named one by one
SAID = 16  # parts of a tuple, list, dict or table that are named


def natural(value: Value) -> Any:
    """A value as NumPy and Python have it: an array for `Numbers` with axes, else a number.

    >>> natural(as_value((2.0, np.arange(2))))
    (2.0, array([0, 1]))
    """
    match value:
        case Numbers():
            return (
                value.values if value.values.shape or value.kind != "number" else value.values[()]
            )
        case tuple():
            return tuple(natural(item) for item in value)
        case list():
            return [natural(item) for item in value]
        case dict():
            return {name: natural(item) for name, item in value.items()}
    return value


def as_argument(value: Any) -> Value:
    """`value` as an argument of a question: numbers of NumPy's become Python's own."""
    found = as_value(value)
    if isinstance(found, Numbers) and found.kind == "number" and found.values.dtype.kind in "biufc":
        return found.values.item()
    if isinstance(found, Numbers):
        return found.values
    if isinstance(found, tuple):
        return tuple(map(as_argument, found))
    if isinstance(found, list):
        return list(map(as_argument, found))
    return found


def beyond_floats(value: Value) -> bool:
    """Whether a whole number is in it that float64 does not hold exactly."""
    match value:
        case bool():
            return False
        case int():
            return abs(value) > 2**53
        case Numbers() if value.values.dtype.kind in "iu" and value.values.itemsize == 8:
            return bool(np.any(value.values > 2**53) or np.any(value.values < -(2**53)))
        case tuple() | list():
            return any(map(beyond_floats, value))
    return False


def numbers_of(value: Value) -> NDArray[np.float64] | None:
    """The float64 numbers of a value that is made of real numbers alone, flat; else None."""
    match value:
        case bool() | int() | float():
            try:
                return np.array([float(value)])
            except OverflowError:
                return None
        case Numbers() if value.values.dtype.kind in "biuf":
            return np.asarray(value.values, dtype=np.float64).ravel()
        case np.ndarray() | np.number() if value.dtype.kind in "biuf":
            return np.asarray(value, dtype=np.float64).ravel()
        case tuple() | list():
            parts = [numbers_of(item) for item in value]
            if any(part is None for part in parts):
                return None
            return np.concatenate([np.empty(0), *(p for p in parts if p is not None)])
    return None
