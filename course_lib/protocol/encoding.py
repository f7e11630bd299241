"""Values as bytes and back: a JSON head that says what there is, then the numbers, one array after
another, little endian.

    body = encode({"number": 3}, value, ANSWER)
    head, value = decode(body, ANSWER)      # GarbledError for anything that is not exactly that

Nothing is ever evaluated, imported or unpickled. Kinds and dtypes are a whitelist, lengths and
depths are checked before memory is spent on them. Either side may be hostile.

>>> decode(encode({}, (1, 2.5, "three"), ANSWER), ANSWER)[1]
(1, 2.5, 'three')
"""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.protocol.figures import Artist, Axes, Figure
from course_lib.protocol.values import (
    Callback,
    CannotCross,
    Named,
    Numbers,
    Ref,
    Seed,
    Table,
    Value,
)

MAX_BRACKETS = 2**20  # lists and objects in one JSON text: 64 bytes each, once read
MAX_DIMENSIONS = 8
MAX_TUPLE_KEYS = 200  # in one dict: as many of one hash take a millisecond
MAX_DEPTH = 16  # lists within lists; a figure has four levels
MAX_INT_BITS = 2**16  # 20,000 decimal digits: the factorial of 5,000
MAX_KEY_BITS = 64  # of a whole number as a key: longer ones can be chosen to collide in a dict
FLOAT = re.compile(r"(?:-?(?:0x[01]\.[0-9a-f]{1,13}p[+-]\d{1,4}|inf)|nan)\Z")  # as float.hex writes
INT = re.compile(r"-?0x[0-9a-f]{1,16384}\Z")
DTYPE = re.compile(r"[a-z0-9_]{1,16}\Z")
NAME = re.compile(r"[A-Za-z_][\w.]{0,199}\Z")
# How the numbers lie in the bytes, by the kind that NumPy gives them.
CARRIERS = {
    "|b1": 1, "|i1": 1, "<i2": 2, "<i4": 4, "<i8": 8, "|u1": 1, "<u2": 2, "<u4": 4, "<u8": 8,
    "<f2": 2, "<f4": 4, "<f8": 8, "<c8": 8, "<c16": 16,
}  # fmt: skip
NAMED = {np.dtype(carrier).name: carrier for carrier in CARRIERS}
UNNAMED = "<f4"  # how a dtype is carried that NumPy has no name for, such as bfloat16

_HEAD = struct.Struct(">I")


class GarbledError(Exception):
    """The other side's bytes are not a frame, or not what this frame should hold."""


@dataclass(frozen=True)
class Limits:
    """What one value may cost: characters of its head, numbers in all arrays, items in all."""

    head: int
    numbers: int
    items: int
    questions: bool = False  # whether seeds, callbacks and names may be in it


# An answer: a long list of words, or a few pictures' worth of numbers. The largest right answer of
# the course has some thousand numbers.
ANSWER = Limits(head=2**18, numbers=2**17, items=20_000)
# What is asked of a callback: a position in some hundred dimensions, for some dozen chains. The
# grader computes with it, so that it is small even when it is squared: 0.5 GB for all pairs.
ASKED = Limits(head=2**14, numbers=2**13, items=500)
# A question is the grader's own: a chain of samples has 100,000 numbers.
QUESTION = Limits(head=2**20, numbers=2**21, items=100_000, questions=True)


class _Encoder:
    """Collects the arrays while the tree is made, within the limits of the reader."""

    def __init__(self, limits: Limits, callback: Callable[[Callback], int] | None) -> None:
        self.arrays: list[NDArray[Any]] = []
        self._limits, self._callback = limits, callback
        self._items, self._numbers_left, self._depth = limits.items, limits.numbers, 0

    def tree(self, value: Value) -> Any:
        self._items -= 1
        if self._items < 0:
            raise CannotCross(f"more than {self._limits.items:,} things")
        if self._depth > MAX_DEPTH - 2:
            raise CannotCross("lists within lists, too deep to be read")
        self._depth += 1
        try:
            return self._tree(value)
        finally:
            self._depth -= 1

    def _tree(self, value: Value) -> Any:
        match value:
            case None:
                return ["none"]
            case bool():
                return ["bool", value]
            case int():
                if value.bit_length() > MAX_INT_BITS:
                    raise CannotCross(f"an int of {value.bit_length():,} bits")
                return ["int", hex(value)]
            case float():
                return ["float", value.hex()]
            case complex():
                return ["complex", value.real.hex(), value.imag.hex()]
            case str():
                return ["text", _clean(value)]
            case Numbers():
                return self._numbers(value)
            case np.ndarray():
                return self._numbers(Numbers("array", value.dtype.name, value))
            case tuple():
                return ["tuple", [self.tree(item) for item in value]]
            case list():
                return ["list", [self.tree(item) for item in value]]
            case dict():
                return ["dict", [[self._key(name), self.tree(i)] for name, i in value.items()]]
            case Table():
                columns = [[_clean(name), self.tree(c)] for name, c in value.columns.items()]
                return ["table", columns]
            case Figure():
                return ["figure", [self._axes(axes) for axes in value.axes]]
            case Seed():
                return ["seed", hex(value.seed)]
            case Named():
                return ["named", value.module, value.name]
            case Ref():
                return ["ref", value.step]
            case Callback() if self._callback is not None:
                return ["callback", self._callback(value)]
        raise CannotCross(type(value).__name__)

    def _key(self, name: Value) -> Any:
        plain = name.values.item() if isinstance(name, Numbers) and name.kind == "number" else name
        if not _may_be_key(plain):
            raise CannotCross("a dict with keys that are not text or ordinary numbers")
        return self.tree(name)

    def _numbers(self, value: Numbers) -> Any:
        array = np.asarray(value.values)
        carrier = array.dtype.newbyteorder("<").str
        if carrier not in CARRIERS:
            raise CannotCross(f"an array of {array.dtype.name}")
        self._numbers_left -= room(array.shape)
        if self._numbers_left < 0 or array.ndim > MAX_DIMENSIONS:
            raise CannotCross(f"{array.size:,} numbers, more than any right answer has")
        self.arrays.append(array.astype(carrier, copy=False))
        return [value.kind, value.dtype, carrier, list(array.shape)]

    def _axes(self, axes: Axes) -> Any:
        words = [axes.title, axes.xlabel, axes.ylabel, axes.xscale, axes.yscale]
        artists = [
            [artist.kind, _clean(artist.label), self.tree(artist.x), self.tree(artist.y)]
            for artist in axes.artists
        ]
        return [list(map(_clean, words)), list(map(_clean, axes.legend)), artists]


def _clean(text: str) -> str:
    """Text that UTF-8 can write: halves of characters become question marks."""
    return text.encode("utf-8", "replace").decode()


def _may_be_key(name: Any) -> bool:
    """Whether a plain value may be a key: text, None, ordinary numbers, or a tuple of these.

    Hashes of tuples can be chosen alike, which makes a dict slow: there are few of them in one.
    """
    if isinstance(name, int):
        return name.bit_length() <= MAX_KEY_BITS
    if isinstance(name, tuple):
        return all(map(_may_be_key, name))
    return isinstance(name, (str, float, type(None)))


def encode(
    head: dict[str, Any],
    value: Value,
    limits: Limits,
    callback: Callable[[Callback], int] | None = None,
) -> bytes:
    """`head` with the value in it, as bytes.

    Raises CannotCross for a value that does not cross, or that is over the reader's `limits`.
    callback: gives the number by which a callback goes; without it there may be none.
    """
    encoder = _Encoder(limits, callback)
    tree = encoder.tree(value)
    text = json.dumps({**head, "value": tree}, separators=(",", ":")).encode()
    if len(text) > limits.head:
        raise CannotCross(f"{len(text):,} characters, more than any right answer has")
    numbers = b"".join(np.ascontiguousarray(array).tobytes() for array in encoder.arrays)
    return _HEAD.pack(len(text)) + text + numbers


def parse_json(data: bytes) -> Any:
    """JSON from a hostile sender: any way in which it can be wrong is a GarbledError."""
    if data.count(b"[") + data.count(b"{") > MAX_BRACKETS:
        raise GarbledError("JSON of more lists and objects than anything true has")
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise GarbledError(f"not JSON: {type(error).__name__}") from None


def decode(
    body: bytes, limits: Limits, callback: Callable[[int], Any] | None = None
) -> tuple[dict[str, Any], Value]:
    """The reverse of `encode` for untrusted bytes. Raises GarbledError."""
    if len(body) < _HEAD.size:
        raise GarbledError("a body without a head")
    (length,) = _HEAD.unpack_from(body)
    if length > limits.head or _HEAD.size + length > len(body):
        raise GarbledError("a head longer than its body, or than the limit")
    head = parse_json(body[_HEAD.size : _HEAD.size + length])
    if not isinstance(head, dict) or "value" not in head:
        raise GarbledError("a head that is not an object with a value")
    decoder = _Decoder(memoryview(body)[_HEAD.size + length :], limits, callback)
    value = decoder.value(head.pop("value"), MAX_DEPTH)
    decoder.finish()
    return head, value


def room(shape: Iterable[int]) -> int:
    """How many numbers a shape is for, an axis of none aside: NumPy makes no array of 0 × 2**60.

    >>> room((0, 3, 4))
    12
    """
    return math.prod(size or 1 for size in shape)


class _Decoder:
    """Reads a tree and takes its arrays off the bytes, in order."""

    def __init__(
        self, numbers: memoryview, limits: Limits, callback: Callable[[int], Any] | None
    ) -> None:
        self._rest, self._limits, self._callback = numbers, limits, callback
        self._items, self._numbers = limits.items, limits.numbers

    def finish(self) -> None:
        if len(self._rest):
            raise GarbledError("more numbers than the head says")

    def value(self, tree: Any, depth: int) -> Value:
        self._items -= 1
        if self._items < 0:
            raise GarbledError("more items than the limit")
        if depth <= 0:
            raise GarbledError("values nested deeper than the limit")
        if not isinstance(tree, list) or not tree or not isinstance(tree[0], str):
            raise GarbledError("a value that is not its kind and what belongs to it")
        kind, *rest = tree
        read = _READERS.get((kind, len(rest)))
        if read is None:
            raise GarbledError("a value of unknown kind")
        return read(self, rest, depth - 1)

    def sequence(self, items: Any, depth: int) -> list[Value]:
        if not isinstance(items, list):
            raise GarbledError("a sequence that is not a list")
        return [self.value(item, depth) for item in items]

    def numbers(self, kind: str, rest: Sequence[Any]) -> Numbers:
        dtype, carrier, shape = rest
        if not isinstance(dtype, str) or not DTYPE.match(dtype):
            raise GarbledError("numbers of unknown dtype")
        if not isinstance(carrier, str) or carrier not in CARRIERS:
            raise GarbledError("numbers that are carried in an unknown way")
        if carrier != NAMED.get(dtype, UNNAMED):
            raise GarbledError("numbers that are carried as another dtype than they have")
        sizes = self._shape(shape)
        if kind == "number" and sizes:
            raise GarbledError("one number with axes")
        count = math.prod(sizes)
        size = count * CARRIERS[carrier]
        if size > len(self._rest):
            raise GarbledError("fewer numbers than the head says")
        if carrier == "|b1" and max(self._rest[:size], default=0) > 1:
            raise GarbledError("truth values other than 0 and 1")
        array = np.frombuffer(self._rest[:size], dtype=carrier).reshape(sizes)
        self._rest = self._rest[size:]
        values = array.astype(array.dtype.newbyteorder("="))
        values.flags.writeable = False
        return Numbers(kind, dtype, values)  # type: ignore[arg-type]  # as _READERS has them

    def _shape(self, shape: Any) -> tuple[int, ...]:
        if not isinstance(shape, list) or len(shape) > MAX_DIMENSIONS:
            raise GarbledError("a shape that is not a short list")
        if not all(type(size) is int and 0 <= size <= self._limits.numbers for size in shape):
            raise GarbledError("a shape with something other than small sizes")
        self._numbers -= room(shape)
        if self._numbers < 0:
            raise GarbledError("more numbers than the limit")
        return tuple(shape)

    def mapping(self, pairs: Any, depth: int) -> dict[Any, Value]:
        if not isinstance(pairs, list):
            raise GarbledError("a mapping that is not a list of pairs")
        found: dict[Any, Value] = {}
        tuples = 0
        for pair in pairs:
            if not isinstance(pair, list) or len(pair) != 2:
                raise GarbledError("a pair that is not two")
            name = self.value(pair[0], depth)
            if isinstance(name, Numbers) and not name.values.shape:
                name = name.values.item()
            if not _may_be_key(name):
                raise GarbledError("a key that is not text or an ordinary number")
            tuples += isinstance(name, tuple)
            if tuples > MAX_TUPLE_KEYS:
                raise GarbledError("more tuples as keys than the limit")
            if name in found:
                raise GarbledError("the same key twice")
            found[name] = self.value(pair[1], depth)
        return found

    def table(self, columns: Any, depth: int) -> Table:
        if not isinstance(columns, list):
            raise GarbledError("a table that is not a list of columns")
        found: dict[str, Any] = {}
        for column in columns:
            if not isinstance(column, list) or len(column) != 2:
                raise GarbledError("a column that is not a name and its values")
            name, values = text_of(column[0]), self.value(column[1], depth)
            if isinstance(values, Numbers):
                values = values.values
                if values.ndim != 1:
                    raise GarbledError("a column with other than one axis")
            elif not isinstance(values, list):
                raise GarbledError("a column that is not a list or an array")
            if name in found:
                raise GarbledError("two columns of one name")
            found[name] = values
        if len({len(values) for values in found.values()}) > 1:
            raise GarbledError("columns of different lengths")
        return Table(found)

    def figure(self, axes: Any, depth: int) -> Figure:
        if not isinstance(axes, list):
            raise GarbledError("a figure that is not a list of axes")
        return Figure(tuple(self._axes(one, depth) for one in axes))

    def _axes(self, tree: Any, depth: int) -> Axes:
        if (
            not isinstance(tree, list)
            or len(tree) != 3
            or not all(isinstance(t, list) for t in tree)
        ):
            raise GarbledError("axes that are not words, legend and artists")
        words, legend, artists = tree
        if len(words) != 5:
            raise GarbledError("axes of other than five words")
        title, xlabel, ylabel, xscale, yscale = map(text_of, words)
        return Axes(
            title,
            xlabel,
            ylabel,
            xscale,
            yscale,
            legend=tuple(map(text_of, legend)),
            artists=tuple(self._artist(artist, depth) for artist in artists),
        )

    def _artist(self, tree: Any, depth: int) -> Artist:
        if not isinstance(tree, list) or len(tree) != 4:
            raise GarbledError("an artist that is not kind, label and data")
        x, y = (self.value(part, depth) for part in tree[2:])
        for data in (x, y):
            if not (
                isinstance(data, Numbers) and data.dtype == "float64" and data.values.ndim == 1
            ):
                raise GarbledError("an artist without float64 data")
        if x.values.size != y.values.size:
            raise GarbledError("an artist whose data have different lengths")
        return Artist(text_of(tree[0]), text_of(tree[1]), x.values, y.values)

    def callback(self, number: Any) -> Any:
        if type(number) is not int or self._callback is None or not self._limits.questions:
            raise GarbledError("a callback where there is none")
        return self._callback(number)

    def asked(self, kind: str, found: Value) -> Value:
        """Seeds, names and references stand in questions only."""
        if not self._limits.questions:
            raise GarbledError(f"a {kind} in an answer")
        return found


def text_of(value: Any) -> str:
    """Text that UTF-8 can write, else GarbledError."""
    if not isinstance(value, str):
        raise GarbledError("something that is not text where text is due")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise GarbledError("half a character in a text") from None
    return value


def _float(text: Any) -> float:
    if not isinstance(text, str) or not FLOAT.match(text):
        raise GarbledError("a float that is not one")
    try:
        return float.fromhex(text)
    except OverflowError:
        raise GarbledError("a float beyond all floats") from None


def _int(text: Any) -> int:
    if not isinstance(text, str) or not INT.match(text):
        raise GarbledError("an int that is not one, or of more bits than the limit")
    return int(text, 16)


def _bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise GarbledError("a bool that is not one")
    return value


def _name(text: Any) -> str:
    if not isinstance(text, str) or not NAME.match(text):
        raise GarbledError("a name that is not one")
    return text


def _step(number: Any) -> int:
    if type(number) is not int or not 0 <= number < 1000:
        raise GarbledError("a reference to no step")
    return number


_Reader = Callable[[_Decoder, list[Any], int], Value]
_READERS: dict[tuple[str, int], _Reader] = {
    ("none", 0): lambda d, rest, depth: None,
    ("bool", 1): lambda d, rest, depth: _bool(rest[0]),
    ("int", 1): lambda d, rest, depth: _int(rest[0]),
    ("float", 1): lambda d, rest, depth: _float(rest[0]),
    ("complex", 2): lambda d, rest, depth: complex(_float(rest[0]), _float(rest[1])),
    ("text", 1): lambda d, rest, depth: text_of(rest[0]),
    ("array", 3): lambda d, rest, depth: d.numbers("array", rest),
    ("tensor", 3): lambda d, rest, depth: d.numbers("tensor", rest),
    ("number", 3): lambda d, rest, depth: d.numbers("number", rest),
    ("tuple", 1): lambda d, rest, depth: tuple(d.sequence(rest[0], depth)),
    ("list", 1): lambda d, rest, depth: d.sequence(rest[0], depth),
    ("dict", 1): lambda d, rest, depth: d.mapping(rest[0], depth),
    ("table", 1): lambda d, rest, depth: d.table(rest[0], depth),
    ("figure", 1): lambda d, rest, depth: d.figure(rest[0], depth),
    ("seed", 1): lambda d, rest, depth: d.asked("seed", Seed(_int(rest[0]))),
    ("named", 2): lambda d, rest, depth: d.asked("name", Named(_name(rest[0]), _name(rest[1]))),
    ("ref", 1): lambda d, rest, depth: d.asked("reference", Ref(_step(rest[0]))),
    ("callback", 1): lambda d, rest, depth: d.callback(rest[0]),
}
