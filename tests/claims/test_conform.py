"""An answer is read as the kind of thing that the right answer is, whatever container it is in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.claims.conform import conform, in_words
from course_lib.claims.failures import CallFailed, ClaimFailure
from course_lib.protocol.figures import Artist, Axes, Figure
from course_lib.protocol.questions import Answer
from course_lib.protocol.values import Numbers, Table, as_value

THREE = (1.0, 2.0, 3.0)
ARRAY = np.array(THREE)
GRID = np.arange(6.0).reshape(2, 3)
HUGE = 10**30


def tensor(values: Any, dtype: str = "float64") -> Numbers:
    return Numbers("tensor", dtype, np.asarray(values, dtype=dtype))


def drawn(*kinds: str, title: str = "") -> Figure:
    at = np.arange(2.0)
    artists = tuple(Artist(kind, "", at, at) for kind in kinds)
    return Figure((Axes(title, "x", "y", "linear", "linear", (), artists),))


def read(value: Any, like: Any) -> Any:
    return conform(Answer(as_value(value)), as_value(like))


def same(one: Any, other: Any) -> bool:
    """Whether both are equal and of one type, however deep."""
    if isinstance(other, np.ndarray):
        return (
            isinstance(one, np.ndarray) and one.dtype == other.dtype and np.array_equal(one, other)
        )
    if isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in other)
    if isinstance(other, (list, tuple)):
        kind = list if isinstance(other, list) else tuple
        return (
            isinstance(one, kind)
            and len(one) == len(other)
            and all(same(*pair) for pair in zip(one, other, strict=True))
        )
    return bool(type(one) is type(other) and one == other)


ONE = np.array(1.0)
ACCEPTED = {
    # like a number
    "float for float": (1.0, 2.0, ONE),
    "int for float": (1, 2.0, ONE),
    "tensor for float": (tensor(1.0), 2.0, ONE),
    "float for tensor": (1.0, tensor(2.0), ONE),
    "array [1] for float": (np.ones(1), 2.0, ONE),
    "array [1, 1] for float": (np.ones((1, 1)), 2.0, ONE),
    "list of one for float": ([1.0], 2.0, ONE),
    "float32 for float": (np.float32(1.0), 2.0, ONE),
    "infinity for float": (np.inf, 2.0, np.array(np.inf)),
    # like several
    "tuple for tuple": (THREE, THREE, ARRAY),
    "list for tuple": (list(THREE), THREE, ARRAY),
    "array for tuple": (ARRAY, THREE, ARRAY),
    "tensor for tuple": (tensor(THREE), THREE, ARRAY),
    "tuple of tensors for tuple": (tuple(map(tensor, THREE)), THREE, ARRAY),
    "ints for tuple": ((1, 2, 3), THREE, ARRAY),
    "column for tuple": (ARRAY[:, np.newaxis], THREE, ARRAY),
    # like an array
    "list for array": (list(THREE), ARRAY, ARRAY),
    "array of ints for array": (np.array([1, 2, 3]), ARRAY, ARRAY),
    "axis of one for array": (GRID[np.newaxis], GRID, GRID),
    "nested list for array": (GRID.tolist(), GRID, GRID),
    "flat list for grid": (GRID.ravel().tolist(), GRID, GRID),
    "empty for empty": ([], np.empty(0), np.empty(0)),
    # exact kinds
    "int": (3, 4, 3),
    "large int": (HUGE, 4, HUGE),
    "NumPy's int for int": (np.int32(3), 4, 3),
    "array [1] of int for int": (np.array([3]), 4, 3),
    "int for NumPy's int": (3, np.int64(4), 3),
    "True": (True, False, True),
    "NumPy's bool for bool": (np.bool_(True), False, True),
    "complex": (1 + 2j, 3j, 1 + 2j),
    "float for complex": (1.0, 3j, 1.0),
    "array of ints": ([1, 2], np.array([3, 4]), np.array([1, 2])),
    "array of bools": ([True, False], np.array([False, True]), np.array([True, False])),
    "array of complex": (np.array([1j]), np.array([2j]), np.array([1j])),
    "floats for complex": (np.array([1.0]), np.array([2j]), np.array([1.0])),
    "text": ("ada", "bob", "ada"),
    "nothing": (None, None, None),
    # containers of anything
    "mixed tuple": ((1.0, "a"), (2.0, "b"), (ONE, "a")),
    "list for mixed tuple": ([1.0, "a"], (2.0, "b"), (ONE, "a")),
    "tuple for list": (("a", "b"), ["c"], ["a", "b"]),
    "array for list": (np.array([1, 2]), [3], [1, 2]),
    "list of another length": ([1.0], [1.0, 2.0], [1.0]),
    "empty list": ([], [1.0], []),
    "dict": ({"a": 1, "b": "x"}, {"a": 2.0, "b": "y"}, {"a": ONE, "b": "x"}),
    "dict with more": ({"a": 1.0, "more": 2}, {"a": 2.0}, {"a": ONE, "more": 2}),
    "dict of tuples": ({"a": [1, 2]}, {"a": (3.0, 4.0)}, {"a": np.array([1.0, 2.0])}),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_will_do_is_read_as_the_right_answer_is(case):
    value, like, expected = ACCEPTED[case]
    assert same(read(value, like), expected)


REFUSED = {
    "text for float": ("1.0", 2.0, "one number", "text"),
    "complex for float": (1j, 2.0, "one number", "complex"),
    "two for one": ((1.0, 2.0), 2.0, "one number", "a tuple of 2: float, float"),
    "two for a tensor": (
        tensor([1.0, 2.0]),
        tensor(2.0),
        "one float64 tensor without axes",
        "float64 tensor [2]",
    ),
    "two for three": ((1.0, 2.0), THREE, "three numbers", "a tuple of 2: float, float"),
    "four for three": (np.ones(4), THREE, "three numbers", "float64 array [4]"),
    "None among three": (
        (1.0, None, 3.0),
        tuple(map(tensor, THREE)),
        "three float64 tensors without axes",
        "a tuple of 3: float, None, float",
    ),
    "a number for an array": (1.0, ARRAY, "an array of three numbers", "float"),
    "a transposed grid": (GRID.T, GRID, "float64 array [2, 3]", "float64 array [3, 2]"),
    "a float for a whole number": (3.0, 4, "a whole number", "float"),
    "True for a whole number": (True, 4, "a whole number", "bool"),
    "1 for True": (1, True, "True or False", "int"),
    "two ints for one": ([1, 2], 4, "a whole number", "a list of 2: int, int"),
    "floats for ints": ([1.0, 2.0], np.array([3, 4]), "int64 array [2]", "a list"),
    "three ints for two": ([1, 2, 3], np.array([3, 4]), "int64 array [2]", "a list of 3"),
    "ragged for ints": ([[1], [2, 3]], np.array([3, 4]), "int64 array [2]", "a list of 2"),
    "ints for bools": ([1, 0], np.array([True, False]), "bool array [2]", "a list of 2: int, int"),
    "a number for text": (1.0, "ada", "text", "float"),
    "text for a list": ("ab", ["a", "b"], "a list of 2: text, text", "text"),
    "a list for a dict": ([1.0], {"a": 1.0}, "a dict", "a list of 1: float"),
    "a dict for a number": ({"a": 1.0}, 1.0, "one number", "a dict"),
    "a longer tuple": ((1.0, "a", "b"), (2.0, "b"), "a tuple of 2", "a tuple of 3"),
    "something for nothing": (1.0, None, "None", "float"),
    "a tuple with a wrong part": (
        (1.0, 2.0), (2.0, "b"), "a tuple of 2: float, text", "a tuple of 2: float, float",
    ),
    "a dict for a table": ({"a": [1.0]}, Table({"a": np.ones(1)}), "a table", "a dict"),
    "a number for a figure": (1.0, drawn("line"), "a figure", "float"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_will_not_do_is_refused_and_both_are_said_in_words(case):
    value, like, expected, got = REFUSED[case]
    with pytest.raises(ClaimFailure) as failure:
        read(value, like)
    assert not isinstance(failure.value, CallFailed)
    assert str(failure.value.expected).startswith(expected), failure.value.expected
    assert str(failure.value.got).startswith(got), failure.value.got


def test_a_missing_value_is_a_missing_return():
    with pytest.raises(CallFailed, match="is a `return` missing") as failure:
        read(None, 1.0)
    assert failure.value.error.kind == "returned"


def test_an_error_stays_an_error():
    with pytest.raises(CallFailed) as failure:
        conform(Answer.failed("raised", "ValueError: no", "line 1: raise"), 1.0)
    assert failure.value.error.lines == "line 1: raise"


def test_a_table_and_a_figure_are_read_as_they_are():
    table = Table({"a": np.ones(2), "b": ["x", "y"]})
    got = read(table, Table({"a": np.zeros(3)}))
    assert got.columns is table.columns
    figure = drawn("line", "points", title="mine")
    (panel,) = read(figure, drawn("line")).axes
    assert (panel.title, panel.artists) == ("mine", figure.axes[0].artists)


@pytest.mark.parametrize(
    ("value", "like", "part", "said"),
    [
        ({"b": 1.0}, {"a": 1.0}, lambda got: got["a"], "expected a dict with a, got a dict with b"),
        (
            Table({"b": np.ones(2)}),
            Table({"a": np.ones(2)}),
            lambda got: got["a"],
            "expected a table with a column a, got a table of 2 rows with b",
        ),
        (
            drawn("points"),
            drawn("points", "line"),
            lambda got: got.axes[0].of_kind("line")[0],
            "expected at least 1, got a figure with points",
        ),
    ],
    ids=["dict", "table", "figure"],
)
def test_a_part_that_is_not_there_fails_the_claim_that_reads_it(value, like, part, said):
    """Other claims hold all the same: how an answer is made up is the author's to ask."""
    got = read(value, like)
    with pytest.raises(ClaimFailure, match=said):
        part(got)


def test_a_place_that_a_students_list_has_not_is_a_failure_and_no_ones_fault():
    got = read(["a"], ["a", "b"])
    with pytest.raises(ClaimFailure, match="expected at least 2, got a list of 1"):
        got[1]
    with pytest.raises(ClaimFailure, match="expected at least 3"):
        got[-3]
    assert got[:5] == ["a"]


@pytest.mark.parametrize(
    ("like", "words"),
    [
        (True, "True or False"),
        (3, "a whole number"),
        (3.0, "one number"),
        (3j, "one number"),
        (tensor(1.0), "one float64 tensor without axes"),
        (np.float64(1.0), "one number"),
        (np.ones(3), "an array of three numbers"),
        (np.ones(12), "an array of 12 numbers"),
        (THREE, "three numbers"),
        (tuple(map(tensor, THREE)), "three float64 tensors without axes"),
        ("ada", "text"),
        (None, "None"),
    ],
)
def test_what_is_asked_for_is_said_in_plain_words(like, words):
    assert in_words(as_value(like)) == words
