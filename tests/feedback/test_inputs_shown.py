"""The line to paste asks the same again, and inputs are the arguments of the call."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from course_lib.claims.failures import ClaimFailure
from course_lib.claims.loading import load
from course_lib.claims.shrinking import Failure
from course_lib.feedback.inputs_shown import line_to_paste, shown_inputs
from course_lib.feedback.shown import shown
from course_lib.protocol.perform import perform
from course_lib.protocol.questions import Question, Step
from course_lib.protocol.values import Callback, Ref, Seed, Table

TINY = load("01_basics", Path(__file__).parents[1] / "courses" / "tiny")


def call(*arguments: object) -> Question:
    return Question.call("f", arguments)


QUESTIONS = {
    "arrays": call(np.array([1.5, -2.0]), 0.1, 3),
    "text and lists": call("ada's", [1, 2], {"a": (1.0,)}, None, True),
    "complex and infinite": call(1 + 2j, float("inf")),
    "a generator": call(Seed(3)),
    "a table": call(Table({"name": ["ada"], "n": np.array([1.0])})),
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_the_line_asks_the_same_again(kind: str) -> None:
    got: list[tuple[object, ...]] = []
    namespace = {"f": lambda *arguments: got.append(arguments), "np": np, "pd": pd}
    perform(namespace, QUESTIONS[kind])
    exec(line_to_paste([QUESTIONS[kind]], {"np", "pd"}), namespace)
    one, other = got
    assert repr(one).replace("0x", "").split(" at ")[0] == repr(other).split(" at ")[0]


def test_an_object_is_asked_step_by_step() -> None:
    steps = (
        Step("call", "Counter", (1,)),
        Step("method", "twin", (), of=0),
        Step("method", "add", (2,), of=0),
        Step("method", "add", (Ref(0),), of=1),
    )
    line = line_to_paste([Question(steps)], ())
    assert line == (
        "object_0 = Counter(1); object_1 = object_0.twin(); object_0.add(2); object_1.add(object_0)"
    )
    assert line_to_paste([Question(steps[:1] + steps[2:3])], ()) == "it = Counter(1); it.add(2)"


def test_tensors_are_made_in_the_line_and_modules_imported() -> None:
    question = Question.call("f", (np.array([1.0]), 2.0), "tensors")
    assert line_to_paste([question], {"tf"}) == (
        "f(*(tf.constant(v, tf.float64) for v in ([1.0], 2.0)))"
    )
    assert line_to_paste([question], ()).startswith("import tensorflow as tf\nf(")


def test_calls_that_are_compared_are_shown_together() -> None:
    line = line_to_paste([call(1.0), call(2.0)], ())
    assert eval(line, {"f": lambda v: -v}) == (-1.0, -2.0)
    assert line.splitlines() == ["(f(1.0),", " f(2.0))"]
    object_ = Question((Step("call", "Counter", (1,)), Step("method", "add", (2,), of=0)))
    assert line_to_paste([call(1.0), object_], ()) == "f(1.0)"  # no tuple holds an assignment
    assert line_to_paste([call(1.0), call(np.zeros(1000))], {"np"}) == "f(1.0)"


@pytest.mark.parametrize("argument", [np.zeros(1000), Callback.of(np.mean)])
def test_what_no_line_holds_has_none(argument: object) -> None:
    assert line_to_paste([call(argument)], {"np"}) == ""


def inputs(name: str, question: Question) -> dict[str, object]:
    failure = Failure({"recipe": 3}, ClaimFailure(1.0, 2.0), (question,))
    return shown_inputs(TINY.exercises[name], failure)


def test_inputs_are_the_arguments_and_not_a_recipe() -> None:
    chain = np.linspace(-1.0, 2.0, 600).reshape(300, 2)
    assert inputs("mean", Question.call("mean", (chain,))) == {
        "values": "float64 array [300, 2], from -1 to 2"
    }
    assert inputs("report_card", Question.call("report_card", ("ada", [1, 2]))) == {
        "name": "'ada'",
        "marks": [1, 2],
    }
    steps = (Step("call", "Counter", (3,)), Step("method", "add", (1,), of=0))
    assert inputs("Counter", Question(steps)) == {"start": 3}


def test_a_partial_is_shown_by_what_it_fills_in() -> None:
    assert shown(functools.partial(np.clip, 1.0, a_max=2)) == (
        "the function clip with 1.0, a_max=2 filled in"
    )


LARGE = (np.zeros((500, 500)), [0.0] * 100_000, dict.fromkeys(range(9**5)))


@pytest.mark.parametrize("takes", ["arrays", "tensors"])
@pytest.mark.parametrize("large", LARGE, ids=["array", "list", "dict"])
def test_what_does_not_fit_on_a_line_is_not_written_first(large, takes):
    calls = []
    sys.setprofile(lambda _frame, event, _what: calls.append(event))
    try:
        line = line_to_paste([Question.call("f", (large, 1.0), takes)], {"np"})
    finally:
        sys.setprofile(None)
    assert line == ""
    assert calls.count("call") < 1000
