"""Values cross unchanged, whatever they are; `key`, `describe`, `natural` and `as_value` hold."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from matplotlib.figure import Figure as Drawn

from course_lib.protocol.encoding import ANSWER, CARRIERS, QUESTION, Limits, decode, encode
from course_lib.protocol.figures import Artist, Axes, Figure
from course_lib.protocol.values import (
    Callback,
    CannotCross,
    Named,
    Numbers,
    Ref,
    Seed,
    Table,
    as_argument,
    as_value,
    coarse_key,
    describe,
    key,
    natural,
    numbers_of,
)

MANY = settings(max_examples=150, deadline=None, database=None, derandomize=True)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DTYPES = st.sampled_from([np.dtype(carrier) for carrier in CARRIERS])
ARRAYS = DTYPES.flatmap(
    lambda d: hnp.arrays(d, hnp.array_shapes(min_dims=0, min_side=0, max_side=3))
)
NUMBERS = st.builds(
    lambda kind, array: Numbers(kind, array.dtype.name, array),
    st.sampled_from(["array", "tensor"]),
    ARRAYS,
)
ONE = DTYPES.flatmap(lambda d: hnp.arrays(d, ())).map(lambda a: Numbers("number", a.dtype.name, a))
ODD = st.just(Numbers("tensor", "bfloat16", np.float32([1.5, 2.0])))
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(2**60, 2**200)
    | st.floats()
    | st.complex_numbers()
    | TEXT
    | NUMBERS
    | ONE
    | ODD
)
KEYS = TEXT | st.integers(-(2**63), 2**63) | st.none() | st.tuples(TEXT, st.integers(0, 9))
COLUMNS = st.integers(0, 3).flatmap(
    lambda rows: st.dictionaries(
        TEXT,
        st.lists(st.none() | TEXT | st.integers(), min_size=rows, max_size=rows)
        | hnp.arrays(np.float64, rows)
        | hnp.arrays(np.bool_, rows),
        max_size=3,
    )
)
ARTISTS = st.integers(0, 4).flatmap(
    lambda n: st.builds(
        Artist,
        st.sampled_from(["line", "bars"]),
        TEXT,
        hnp.arrays(np.float64, n),
        hnp.arrays(np.float64, n),
    )
)
AXES = st.builds(
    Axes, TEXT, TEXT, TEXT, TEXT, TEXT, st.lists(TEXT, max_size=2).map(tuple),
    st.lists(ARTISTS, max_size=2).map(tuple),
)  # fmt: skip
FIGURES = st.lists(AXES, max_size=2).map(tuple).map(Figure)
ANYTHING = st.recursive(
    PLAIN | COLUMNS.map(Table) | FIGURES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=10,
)


def crossed(value: Any, limits: Limits = ANSWER) -> Any:
    head, found = decode(encode({"number": 3}, value, limits), limits)
    assert head == {"number": 3}
    return found


def same(one: object, other: object) -> bool:
    """Equal in kind and value, to the bit; a NaN without its payload."""
    return type(one) is type(other) and _key(one) == _key(other)


def _key(value: object) -> object:
    if isinstance(value, Figure):
        return tuple(
            (
                (a.title, a.xlabel, a.ylabel, a.xscale, a.yscale, a.legend),
                [(d.kind, d.label, key(d.x), key(d.y)) for d in a.artists],
            )
            for a in value.axes
        )
    if isinstance(value, (list, tuple)):
        return (type(value).__name__, *map(_key, value))
    if isinstance(value, dict):
        return ("dict", *((key(name), _key(item)) for name, item in value.items()))
    if isinstance(value, Numbers):
        return (value.dtype, key(value))
    return key(value)


@MANY
@given(ANYTHING)
def test_every_value_crosses_unchanged(value):
    assert same(crossed(value), value)
    assert same(as_value(value), value)  # it is one already


@MANY
@given(ANYTHING)
def test_every_value_has_a_description_and_a_natural_form(value):
    assert describe(value) == describe(crossed(value))
    natural(value)
    numbers_of(value)


@pytest.mark.parametrize(
    "value",
    [0, -1, 2**53 + 1, -(2**63), 2**64, 2**65535, 0.0, -0.0, math.inf, 5e-324, sys.float_info.max],
    ids=lambda value: f"{value:.3g}" if isinstance(value, float) else f"{value.bit_length()} bits",
)  # fmt: skip
def test_numbers_at_their_limits_cross(value):
    found = crossed(value)
    assert type(found) is type(value)
    assert key(found) == key(value)


def test_kinds_that_look_alike_have_keys_of_their_own():
    alike = [
        3, 3.0, 3 + 0j, "3", True, np.float64(3), np.int64(3), np.float32(3), np.array(3.0),
        np.array([3.0]), np.array([3]), (3,), [3], {3: 3}, Seed(3), Ref(3), None, 0.0, -0.0,
        Numbers("tensor", "float64", np.array(3.0)), Table({"3": [3]}),
    ]  # fmt: skip
    assert len({key(as_value(value)) for value in alike}) == len(alike)


def test_questions_carry_what_answers_may_not():
    value = (Seed(7), Named("given", "log_density"), Ref(2))
    assert crossed(value, QUESTION) == value


@dataclass(frozen=True)
class Spring:
    stiffness: float

    def force(self, q):
        return -self.stiffness * q

    def __call__(self, q):
        return self.force(q)


def test_callbacks_are_told_apart_by_what_they_hold():
    def scaled(by):
        return lambda q: by * q

    pairs = [
        (Spring(1.0).force, Spring(1.0).force, Spring(2.0).force),
        (Spring(1.0), Spring(1.0), Spring(2.0)),
        (scaled(1), scaled(1), scaled(2)),
    ]
    for one, alike, other in pairs:
        keys = [key(as_value(each)) for each in (one, alike, other)]
        assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(
    "value",
    [{1, 2}, b"bytes", object(), np.datetime64("2026-01-01"), np.array(["2026"], "datetime64[D]"),
     np.random.default_rng(1), np.zeros(2, dtype=[("a", "f8")])],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_does_not_cross_is_refused_by_name(value):
    with pytest.raises(CannotCross):
        as_value(value)


@pytest.mark.parametrize(
    "value",
    [np.zeros(2**17 + 1), list(range(20_001)), 2**65536, "a" * 2**19, np.zeros((1,) * 9),
     np.longdouble([1]), {2**65: 1}, {1j: 1}],
    ids=["numbers", "items", "bits", "text", "axes", "long double", "long key", "complex key"],
)  # fmt: skip
def test_what_is_over_a_limit_is_refused_where_it_is_sent(value):
    with pytest.raises(CannotCross):
        encode({}, as_value(value), ANSWER)


def test_lists_too_deep_to_be_read_are_refused_where_they_are_sent():
    value: list = []
    for _ in range(20):
        value = [value]
    with pytest.raises(CannotCross, match="deep"):
        encode({}, value, ANSWER)


def test_a_dataframe_crosses_by_its_columns():
    frame = pd.DataFrame(
        {
            "name": ["ada", None],
            "points": [3, 4],
            "share": [0.5, math.nan],
            "late": [True, False],
            "whole": pd.array([1, None], dtype="Int64"),
            "day": pd.to_datetime(["2026-01-01", "2026-01-02"]),
            "group": pd.Categorical(["a", "b"]),
        },
        index=[7, 8],
    )
    table = crossed(as_value(frame))
    assert list(table) == list(frame.columns)
    assert table["name"] == ["ada", None]
    assert table["points"].dtype == np.int64
    assert table["late"].dtype == np.bool_
    assert table["whole"][0] == 1
    assert table["day"] == ["2026-01-01", "2026-01-02"]
    assert table["group"] == ["a", "b"]
    assert table.rows == 2


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(CannotCross, match="two columns"):
        as_value(pd.DataFrame([[1, 2]], columns=["a", "a"]))


def test_a_figure_crosses_by_what_is_drawn():
    figure = Drawn()
    left, right = figure.subplots(1, 2)
    left.plot([0, 1], [2, 3], label="model")
    left.plot([0, 1], [2, 4], "o")
    left.scatter([5], [6])
    left.legend()
    left.set(title="T", xlabel="x", ylabel="y", yscale="log")
    right.bar(["a", "b"], [1, 2])
    right.imshow([[1, 2], [3, 4]])
    found = crossed(as_value(figure))
    assert [a.kind for a in found.axes[0].artists] == ["line", "points", "points"]
    assert found.axes[0].legend == ("model",)
    assert (found.axes[0].title, found.axes[0].xlabel, found.axes[0].yscale) == ("T", "x", "log")
    (bars,) = found.axes[1].of_kind("bars")
    assert bars.y.tolist() == [1, 2]
    (image,) = found.axes[1].of_kind("image")
    assert image.y.tolist() == [1, 2, 3, 4]
    assert describe(found) == "a figure with line, 2 points; bars, image"


def test_halves_of_characters_become_question_marks():
    assert crossed("a\ud800b") == "a?b"
    assert crossed({"\ud800": 1}) == {"?": 1}


def test_arguments_are_plain_numbers_and_arrays():
    given_ = (np.float64(1.5), [np.int64(2)], np.arange(2), True)
    found = as_argument(given_)
    assert [type(item) for item in found] == [float, list, np.ndarray, bool]
    assert type(found[1][0]) is int


def test_whole_numbers_too_long_to_be_written_have_keys_and_are_no_floats():
    assert key(2**60_000) != key(2**60_000 + 1)
    assert numbers_of(2**60_000) is None


def test_callbacks_far_away_cannot_be_called():
    with pytest.raises(RuntimeError, match="another process"):
        Callback.far(3).function(1.0)


def test_describing_nested_lists_takes_no_longer_than_reading_them():
    """Each level was described twice for the one above it: hours for a list of 14 levels."""
    value: object = 1.0
    for _ in range(200):
        value = [value, value, *range(9)]
    assert describe(value).startswith("a list of 11: a list of 11")
    assert len(describe(value)) < 2000


@pytest.mark.parametrize("value", [1.0, -2.5e-300, 3.7e200, np.pi])
def test_a_coarse_key_forgets_the_last_bits_and_nothing_else(value):
    nearly = float(np.nextafter(value, np.inf))
    assert coarse_key(np.array([value, 1.0])) == coarse_key(np.array([nearly, 1.0]))
    assert coarse_key(value) == coarse_key(nearly)
    assert coarse_key(value) != coarse_key(value * (1 + 1e-10))
    assert coarse_key({"x": (value, "a")}) != coarse_key({"x": (value, "b")})


def test_a_coarse_key_tells_what_is_no_number_from_zero():
    assert coarse_key(np.array([1.0, np.nan])) != coarse_key(np.array([1.0, 0.0]))
    assert coarse_key(np.array([1.0, np.nan])) == coarse_key(np.array([1.0, np.nan]))


@pytest.mark.parametrize("value", [0.0, -0.0, 0.1, -2.5e-300, 5e-324, 1.7e308, 1.0 - 2**-53, 3.0])
def test_a_number_and_an_array_of_it_are_equally_coarse(value):
    assert coarse_key(value)[1:] == coarse_key(np.array(value))[2:]
