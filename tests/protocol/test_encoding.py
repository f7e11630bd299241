"""Bytes that are not exactly right are GarbledError, in bounded memory, and never anything else."""

from __future__ import annotations

import json
import struct
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.protocol import wire
from course_lib.protocol.encoding import ANSWER, MAX_DEPTH, GarbledError, decode, encode
from course_lib.protocol.values import Numbers, Table

FUZZ = settings(max_examples=400, deadline=None, database=None, derandomize=True)
MEMORY = 64 * 2**20  # bytes for one body of an answer: its numbers are 1 MB, its head 256 kB


def body(head: object, numbers: bytes = b"") -> bytes:
    text = json.dumps(head).encode()
    return struct.pack(">I", len(text)) + text + numbers


def answered(tree: object, numbers: bytes = b"", **head: Any) -> bytes:
    return body({"number": 0, "value": tree, **head}, numbers)


def floats(*values: float) -> bytes:
    return np.array(values, dtype="<f8").tobytes()


def nested(depth: int) -> Any:
    tree: Any = ["none"]
    for _ in range(depth):
        tree = ["list", [tree]]
    return tree


ARRAY = ["array", "float64", "<f8", [1]]
ONE = [["int", "0x1"], ["none"]]  # a pair of a dict
BARE = [["line", "a", ["none"], ["none"]]]  # an artist without data
NOT_RIGHT = {
    "no value": body({"number": 0}),
    "a list for a head": body([1]),
    "no kind": answered([]),
    "an unknown kind": answered(["pickle", "gASVAAAA"]),
    "a kind that is a number": answered([7, 7]),
    "too many parts": answered(["int", "0x1", "0x2"]),
    "too few parts": answered(["float"]),
    "an object for a value": answered({"kind": "int"}),
    "a seed": answered(["seed", "0x7"]),
    "a callback": answered(["callback", 0]),
    "a name": answered(["named", "os", "system"]),
    "a reference": answered(["ref", 0]),
    "a seed in a tuple": answered(["tuple", [["seed", "0x7"]]]),
    "an int in decimals": answered(["int", "12"]),
    "an int as a number": answered(["int", 12]),
    "an int of too many bits": answered(["int", "0x1" + "0" * 16_384]),
    "a float in decimals": answered(["float", "1.5"]),
    "a float beyond all floats": answered(["float", "0x1.8p+9999"]),
    "a float with a plus": answered(["float", "+0x1.8p+1"]),
    "a float with spaces": answered(["float", " nan"]),
    "a nan with a payload": answered(["float", "nan(0x1)"]),
    "a nan with a sign": answered(["float", "-nan"]),
    "infinity in full": answered(["float", "infinity"]),
    "half a complex": answered(["complex", "0x1.0p+0"]),
    "a bool as a number": answered(["bool", 1]),
    "half a character": body({"number": 0, "value": ["text", "\ud800"]}),
    "text as a number": answered(["text", 7]),
    "fewer numbers than it says": answered(ARRAY, floats()),
    "more numbers than it says": answered(ARRAY, floats(1.0, 2.0)),
    "numbers after none": answered(["none"], floats(1.0)),
    "float64 claimed, sent as float32": answered(["array", "float64", "<f4", [1]], b"\0" * 4),
    "float32 claimed, sent as float64": answered(["array", "float32", "<f8", [1]], floats(1.0)),
    "an unknown dtype, sent as float64": answered(["array", "foo", "<f8", [1]], floats(1.0)),
    "a dtype with a newline": answered(["array", "float64\n", "<f8", [1]], floats(1.0)),
    "big endian": answered(["array", "float64", ">f8", [1]], floats(1.0)),
    "objects": answered(["array", "object", "|O", [1]], floats(1.0)),
    "a structure": answered(["array", "void", [["a", "<f8"]], [1]], floats(1.0)),
    "a truth value of two": answered(["array", "bool", "|b1", [1]], b"\2"),
    "a shape that is a number": answered(["array", "float64", "<f8", 1], floats(1.0)),
    "a negative size": answered(["array", "float64", "<f8", [-1]]),
    "a size that is a bool": answered(["array", "float64", "<f8", [True]], floats(1.0)),
    "a size that is a float": answered(["array", "float64", "<f8", [1.0]], floats(1.0)),
    "nine axes": answered(["array", "float64", "<f8", [1] * 9], floats(1.0)),
    "an empty array that is too big": answered(["array", "float64", "<f8", [0, *[2**17] * 7]]),
    "more numbers than the limit": answered(["array", "float64", "<f8", [2**17, 2]]),
    "one number with axes": answered(["number", "float64", "<f8", [1]], floats(1.0)),
    "a list as a key": answered(["dict", [[["list", []], ["none"]]]]),
    "a dict as a key": answered(["dict", [[["dict", []], ["none"]]]]),
    "an array as a key": answered(["dict", [[ARRAY, ["none"]]]], floats(1.0)),
    "a tuple with a list as a key": answered(["dict", [[["tuple", [["list", []]]], ["none"]]]]),
    "a complex key": answered(["dict", [[["complex", "0x1.0p+0", "0x1.0p+0"], ["none"]]]]),
    "a key that may collide": answered(["dict", [[["int", hex(2**61 * 2**10)], ["none"]]]]),
    "the same key twice": answered(["dict", [ONE, ONE]]),
    "1 and True as keys": answered(["dict", [ONE, [["bool", True], ["none"]]]]),
    "a pair of three": answered(["dict", [[["int", "0x1"], ["none"], ["none"]]]]),
    "columns of different lengths": answered(
        ["table", [["a", ["list", [["none"]]]], ["b", ["list", []]]]]
    ),
    "an array and a list of different lengths": answered(
        ["table", [["a", ["array", "float64", "<f8", [2]]], ["b", ["list", [["none"]]]]]],
        floats(1.0, 2.0),
    ),
    "a ragged column beside a short one": answered(
        ["table", [["a", ["list", [["list", [["none"]]], ["none"]]]], ["b", ["list", []]]]]
    ),
    "a column that is a number": answered(["table", [["a", ["int", "0x1"]]]]),
    "a column without axes": answered(
        ["table", [["a", ["array", "float64", "<f8", []]]]], floats(1.0)
    ),
    "a column with two axes": answered(
        ["table", [["a", ["array", "float64", "<f8", [1, 1]]]]], floats(1.0)
    ),
    "a column whose name is a list": answered(["table", [[["a"], ["list", []]]]]),
    "two columns of one name": answered(["table", [["a", ["list", []]], ["a", ["list", []]]]]),
    "axes of three words": answered(["figure", [[["a", "b", "c"], [], []]]]),
    "an artist without data": answered(["figure", [[["a"] * 5, [], BARE]]]),
    "an artist of two lengths": answered(
        ["figure", [[["a"] * 5, [], [["line", "a", ARRAY, ["array", "float64", "<f8", [2]]]]]]],
        floats(1.0, 2.0, 3.0),
    ),
    "too deep": answered(nested(MAX_DEPTH)),
    "far too deep for JSON": struct.pack(">I", 200_000) + b"[" * 100_000 + b"]" * 100_000,
    "too many items": answered(["list", [["none"]] * ANSWER.items]),
    "a head longer than its body": struct.pack(">I", 100) + b"{}",
    "a head longer than the limit": struct.pack(">I", ANSWER.head + 1) + b" " * (ANSWER.head + 1),
    "half a length": b"\0\0",
    "nothing": b"",
    "not JSON": struct.pack(">I", 4) + b"oops",
    "not UTF-8": struct.pack(">I", 4) + b"\xff\xfe\xff\xfe",
    "a number of a million digits": struct.pack(">I", 200_000) + b"1" * 200_000,
    "no number": body({"value": ["none"]}),
    "a number that is a bool": body({"number": True, "value": ["none"]}),
    "more than belongs to it": answered(["none"], count=3),
    "an error that has a value": answered(["int", "0x1"], error=["raised", "a", ""]),
    "an error of another kind": answered(["none"], error=["timeout", "a", ""]),
    "an error that is too long": answered(["none"], error=["raised", "a" * 5000, ""]),
    "an error of two": answered(["none"], error=["raised", "a"]),
}  # fmt: skip


@pytest.mark.parametrize("what", NOT_RIGHT)
def test_it_is_refused_in_little_memory(what):
    tracemalloc.start()
    try:
        with pytest.raises(GarbledError):
            wire.decode_answer(NOT_RIGHT[what])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEMORY


SCALARS = st.sampled_from(
    [0, 1, -1, 2**17, 2**70, True, None, 1.5, "", "a", "0x1", "0x1.0p+0", "nan", "<f8", "float64",
     "|b1", "bool", [], [1], [0, 2**17], {}, {"a": 1}]
)  # fmt: skip
KINDS = st.sampled_from(
    ["none", "bool", "int", "float", "complex", "text", "array", "tensor", "number", "tuple",
     "list", "dict", "table", "figure", "seed", "named", "ref", "callback", "other", 7, None]
)  # fmt: skip
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.builds(lambda kind, rest: [kind, *rest], KINDS, st.lists(inner, max_size=4))
        | st.lists(inner, max_size=4)
    ),
    max_leaves=20,
)


def decoded(data: bytes) -> None:
    """An answer, or GarbledError: whatever else comes fails the test."""
    try:
        number, _ = wire.decode_answer(data)
    except GarbledError:
        return
    assert type(number) is int


@FUZZ
@given(TREES, st.binary(max_size=32))
def test_any_tree_is_a_value_or_garbled(tree, numbers):
    decoded(answered(tree, numbers))


@FUZZ
@given(st.data())
def test_a_damaged_body_is_a_value_or_garbled(data):
    right = (
        1.5, "text", np.arange(3.0), {"a": [True, None], 2: (1j,)},
        Table({"a": np.arange(2), "b": ["x", "y"]}), Numbers("tensor", "bfloat16", np.float32([1])),
    )  # fmt: skip
    whole = bytearray(encode({"number": 3}, right, ANSWER))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    decoded(bytes(whole[:cut]) if data.draw(st.booleans()) else bytes(whole))


def test_the_largest_answer_is_read_in_bounded_memory():
    value = [np.zeros(2**16), np.ones(2**16), ["word"] * 10_000]
    data = encode({"number": 0}, value, ANSWER)
    tracemalloc.start()
    decode(data, ANSWER)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MEMORY


def test_what_is_asked_of_a_callback_is_smaller_than_an_answer():
    data = encode({"callback": 0}, (np.zeros(2**13 + 1),), ANSWER)
    with pytest.raises(GarbledError, match="small sizes"):
        wire.decode_asked(data)


@pytest.mark.parametrize(
    "head",
    [{}, {"callback": True}, {"callback": "0"}, {"callback": 0, "more": 1}],
    ids=["nothing", "a bool", "text", "more"],
)
def test_what_is_asked_names_one_callback(head):
    with pytest.raises(GarbledError):
        wire.decode_asked(body({**head, "value": ["tuple", []]}))


def test_what_is_asked_has_a_tuple_of_arguments():
    with pytest.raises(GarbledError):
        wire.decode_asked(body({"callback": 0, "value": ["list", []]}))
