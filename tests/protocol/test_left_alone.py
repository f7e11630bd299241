"""A function that changes what it is given is found out, whatever it returns."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from course_lib.protocol.left_alone import left_alone
from course_lib.protocol.perform import perform
from course_lib.protocol.questions import Question, Step
from course_lib.protocol.values import Callback, Seed, Table


def centred(data):
    data -= data.mean()
    return data


def in_order(data):
    data.sort()
    return data[0]


def rounded(data):
    data[0][0] = 0.0
    return 1.0


def renamed(data):
    data["b"] = 1
    return 1.0


def filled(data):
    data["x"] = 0.0
    return 1.0


NAN = np.array([np.nan, 1.0])
TABLE = Table({"x": np.array([1.0, np.nan]), "name": ["ada", "bob"]})


@pytest.mark.parametrize(
    ("function", "argument"),
    [
        (centred, np.array([1.0, 2.0])),
        (in_order, [3.0, 1.0]),
        (in_order, np.array([3, 1])),
        (rounded, [np.ones(2), np.ones(2)]),
        (rounded, ([1.0], 2.0)),
        (renamed, {"a": 0.0}),
        (filled, {"x": 1.0}),
        (filled, TABLE),
    ],
)
def test_what_is_changed_in_place_is_named(function, argument):
    answer = perform({"f": function}, Question.call("f", (argument,)))
    assert answer.error is not None
    assert (answer.error.kind, answer.error.message) == ("changed", "data")


@pytest.mark.parametrize(
    "argument",
    [NAN, [1.0, float("nan")], {"x": NAN}, TABLE, "text", 3, None, True, (1, "a"), Seed(3)],
)
def test_what_is_left_alone_is_not(argument):
    answer = perform({"f": lambda data: 1.0}, Question.call("f", (argument,)))
    assert answer.value == 1.0


def test_a_generator_has_to_change_and_a_function_may_be_called():
    def used(rng, function):
        return float(function(rng.normal()))

    answer = perform({"f": used}, Question.call("f", (Seed(3), Callback.of(abs))))
    assert answer.error is None


def test_a_methods_argument_is_looked_at_too():
    class Total:
        def __init__(self):
            self.value = 0.0

        def add(self, numbers):
            self.value += numbers.pop()
            return self.value

    steps = Step("call", "Total"), Step("method", "add", ([1.0, 2.0],), of=0)
    answer = perform({"Total": Total}, Question(steps))
    assert answer.error is not None and answer.error.message == "numbers"


def test_a_column_that_is_another_or_none_is_a_change():
    frame = pd.DataFrame(TABLE.columns)
    assert left_alone(TABLE, frame)
    assert not left_alone(TABLE, frame.drop(columns="name"))
    assert not left_alone(TABLE, frame.assign(x=[1.0, 2.0]))
