"""What is shown of an input on which a claim failed is as little as shows it."""

from __future__ import annotations

import dataclasses
import itertools
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import strategies as st

from course_lib.claims.assignment import Assignment
from course_lib.claims.exercise import Inputs, exercise
from course_lib.claims.failures import agree
from course_lib.claims.judging import judge
from course_lib.claims.sampling import SamplingPlan
from course_lib.claims.shrinking import Asker, Effort, simplest, smaller
from course_lib.claims.simplicity import complexity, plainer
from course_lib.claims.truth import Recording
from course_lib.feedback.explain import report
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import Seed, as_value, numbers_of
from tests.answers import LINE, TRUTH, judged, right, tensors
from tests.line import inputs as line_inputs

PLAN = SamplingPlan.draw(LINE, seed=3, only=("log_like",))


def shown(wrong: Callable[[Inputs], bool], claim: str) -> Inputs:
    """The inputs that are shown where `log_like` is off by three wherever `wrong` says so."""
    arguments = LINE.exercises["log_like"].arguments

    def respond(question: Question) -> Answer:
        true = right(question)
        if question.mode == "gradient" or not wrong(
            dict(zip(arguments, question.arguments, strict=True))
        ):
            return true
        return tensors(*numbers_of(true.value) + 3.0)

    result = judged(PLAN, respond)
    return next(c for c in report(PLAN, result)["claims"] if c["claim"] == claim)["inputs"]


def test_an_extreme_that_is_tried_always_is_shown_with_few_digits():
    inputs = shown(lambda given: given["s"] < 1e-11, "has_the_right_value")
    assert len(inputs["x"]) == 1
    assert inputs["s"] <= 1e-11
    assert all(len(repr(inputs[name])) <= 6 for name in "mbs")


def test_many_points_are_left_out_where_few_fail_too():
    def at_the_many(given: Inputs) -> bool:
        return bool(np.any(np.abs(given["x"] - 0.25) < 0.2) and given["s"] == 0.4)

    assert len(shown(at_the_many, "has_the_right_value")["x"]) <= 3


def test_no_half_of_what_is_shown_is_empty():
    assert len(shown(lambda given: True, "adds_up_over_splits")["x"]) == 2


def test_what_a_claim_makes_itself_is_short_to_read_too():
    exact = shown(lambda given: True, "is_right_for_a_perfect_fit")
    assert all(len(repr(number)) <= 6 for number in exact["y"])


def test_a_claim_that_compares_calls_shows_all_of_them():
    def respond(question: Question) -> Answer:  # three in each call: two halves have six
        return (
            right(question)
            if question.mode == "gradient"
            else tensors(*numbers_of(right(question).value) + 3.0)
        )

    claims = {each["claim"]: each for each in report(PLAN, judged(PLAN, respond))["claims"]}
    assert claims["adds_up_over_splits"]["paste"].count("log_like(") == 3
    assert claims["has_the_right_value"]["paste"].count("log_like(") == 1


def test_an_input_on_which_a_right_answer_fails_is_never_shown():
    """Without a residual nothing can fall as residuals grow: rounding must not lead there."""
    gate = next(claim for claim in LINE.exercises["log_like"].claims if claim.gate)
    line = line_inputs.one(1.0, 1.04, 1.0, 0.0, 0.25)  # 1 and 1, with one digit
    student, truth = (
        Asker(LINE, lambda question: tensors(1.0), TRUTH),
        PLAN.truth_for(LINE.exercises["log_like"]),
    )
    failure = simplest(gate, student, truth, [{"line": line}])
    found = smaller(gate, student, truth, failure, PLAN.search(gate, {}), Effort(400))
    x, y, m, b, _ = found.inputs["line"]
    assert np.all(y != m * x + b)


@pytest.mark.parametrize(
    ("simpler", "than"),
    [
        (0.1, 0.30000000000000004),
        (-6.34, -6.340000000000001),
        ([7.0], [1.0, 1.0]),
        (2.0, 2.5e-13),
        (-12.25, 1e-9),
        ([1.25, 2.5, -0.5], [1e-12, 3e-12, 1.0]),
        ("ab", "abc"),
        ({"a": 1.0}, {"a": 1.0, "b": 1.0}),
        ([np.ones(2)], [np.ones(2), np.ones(1)]),
        ((1, 2), (1, 10**12)),
        (None, [1.0, 2.0]),
        (2j, [1.0, 2.0]),
        (np.array(["a"]), np.array([1.0, 2.0])),
    ],
)
def test_what_is_short_to_read_is_simple(simpler, than):
    assert complexity(simpler) < complexity(than)


# ------------------------------------------------------------------ how long it is looked for


def test_a_machine_without_time_shows_the_same(monkeypatch):
    """The search is bounded by what it asks: a clock that jumps by an hour changes nothing."""
    quiet = shown(lambda given: given["s"] < 1e-11, "has_the_right_value")
    clock = itertools.count(step=3600.0)
    for name in ("monotonic", "perf_counter", "time"):
        monkeypatch.setattr(time, name, lambda: float(next(clock)))
    busy = shown(lambda given: given["s"] < 1e-11, "has_the_right_value")
    assert complexity(busy) == complexity(quiet)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_wrong_everywhere_is_shown_on_an_everyday_input(seed):
    plan = SamplingPlan.draw(LINE, seed, only=("log_like",))
    result = judged(plan, lambda question: tensors(*numbers_of(right(question).value) + 3.0))
    for claim in result.claims:
        if claim.failure is not None:
            numbers, far, _, _ = complexity(claim.failure.inputs)
            assert (far, numbers <= 7) == (0.0, True), (claim.claim.name, claim.failure.inputs)


def test_a_function_that_is_slow_beyond_measure_is_asked_no_longer():
    asked, used = [], itertools.count(step=1.5)

    def ask(questions):
        asked.extend(questions)
        return [tensors(*numbers_of(right(question).value) + 3.0) for question in questions]

    judge(PLAN, LINE.exercises["log_like"], ask, spent=lambda: float(next(used)))
    assert len(asked) - len(PLAN.questions["log_like"]) < 20


# ------------------------------------------------------------------ inputs of other kinds


@dataclasses.dataclass(frozen=True)
class Box:
    """An input of an author's own kind."""

    sides: tuple[float, ...]
    label: str = "box"

    def __post_init__(self):
        if not self.sides:
            raise ValueError("a box has sides")


class Point(NamedTuple):
    """Another one."""

    at: np.ndarray
    name: str


FLOATS = st.floats(-1e3, 1e3).filter(lambda value: abs(value) > 1e-3)
KINDS: dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], Any]]] = {
    "dataclasses": (
        st.builds(Box, st.lists(FLOATS, min_size=1, max_size=9).map(tuple)),
        lambda box: list(box.sides),
    ),
    "named tuples": (
        st.builds(Point, st.lists(FLOATS, min_size=1, max_size=9).map(np.array), st.just("p")),
        lambda point: point.at,
    ),
    "dicts": (st.dictionaries(st.text("abc", min_size=1), FLOATS, min_size=1), lambda value: value),
    "lists": (st.lists(FLOATS, min_size=1, max_size=30), lambda value: value),
    "lists of arrays": (
        st.lists(st.lists(FLOATS, min_size=1, max_size=4).map(np.array), min_size=1, max_size=4),
        lambda value: value,
    ),
    "text": (st.text(min_size=1, max_size=40), lambda value: value),
    "whole numbers": (st.integers(1, 10**9), lambda value: value),
    "nothing or a number": (st.none() | st.integers(0, 9), lambda value: value),
}


def total_of(strategy: st.SearchStrategy[Any], argument: Callable[[Any], Any]):
    """An exercise whose one claim is given what `strategy` draws."""

    @exercise(points=1)
    def total(value):
        """How much there is in it, however deep."""
        return _total(value)

    @total.claim(points=1, draws=8, thing=strategy)
    def adds_up(student, truth, thing):
        """It is the sum of what is in it."""
        agree(student.total(argument(thing)), truth(argument(thing)), tolerance=1e-9)

    return total


def _total(value: Any) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        return float(len(value))
    if isinstance(value, dict):
        return _total(list(value.values()))
    if isinstance(value, (list, tuple)):
        return float(sum(map(_total, value)))
    return float(np.sum(value))


@pytest.mark.parametrize("kind", KINDS)
def test_inputs_of_every_kind_are_drawn_asked_shrunk_and_shown(kind, tmp_path):
    strategy, argument = KINDS[kind]
    one = total_of(strategy, argument)
    plan = SamplingPlan.draw(Assignment("made", tmp_path, {"total": one}), seed=2)
    assert plan.faults == {}

    def right_(questions):
        return [plan.truth.answer(question) for question in questions]

    def off(questions):
        return [Answer(as_value(answer.value + 3.0)) for answer in right_(questions)]

    assert judge(plan, one, right_).earned == 1.0
    result = judge(plan, one, off)
    assert result.status == "failed"
    (drawn,) = plan.inputs.values()
    failure = result.claims[0].failure
    assert complexity(failure.inputs) <= min(map(complexity, drawn))
    assert complexity(failure.inputs)[0] <= 2  # one number, or one and the label beside it
    (claim,) = report(plan, result)["claims"]
    assert claim["got"] == pytest.approx(claim["expected"] + 3.0)
    assert claim["inputs"]


@dataclasses.dataclass(frozen=True)
class Times:
    """A function with a factor of its own, which stays with the grader."""

    factor: float

    def __call__(self, value: float) -> float:
        return self.factor * value


def applied():
    """An exercise that takes a function, a generator and how often to call the function."""

    @exercise(points=1)
    def apply(function, rng, value, n):
        """function(function(… value)), n times."""
        for _ in range(n):
            value = function(value)
        return value

    @apply.claim(
        points=1,
        factor=st.floats(0.5, 2.0),
        seed=st.integers(0, 2**32 - 1),
        value=st.floats(0.5, 9.0),
        n=st.integers(1, 30),
    )
    def is_right(student, truth, factor, seed, value, n):
        """It calls the function n times."""
        arguments = Times(factor), Seed(seed), value, n
        agree(student.apply(*arguments), truth(*arguments), tolerance=1e-9)

    return apply


@pytest.mark.parametrize("recorded", [False, True])
def test_whole_numbers_and_seeds_are_made_as_small_as_fails(recorded, tmp_path):
    one = applied()
    plan = SamplingPlan.draw(Assignment("made", tmp_path, {"apply": one}), seed=2)
    if recorded:  # a student's package has the plain inputs, and no truth to search with
        plan = SamplingPlan.draw(plan.assignment, seed=2, truth=Recording(plan.assignment))
        plan.plain_inputs(one.claims[0])

    def off(questions):
        return [Answer(plan.truth.answer(question).value + 3.0) for question in questions]

    search = plan.search(one.claims[0], {})
    if recorded:
        search = dataclasses.replace(search, test=None)
    student = Asker(plan.assignment, lambda question: off([question])[0], plan.truth)
    failure = simplest(
        one.claims[0], student, plan.truth_for(one), plan.inputs["apply", "is_right"]
    )
    found = smaller(one.claims[0], student, plan.truth_for(one), failure, search, Effort(400))
    assert (found.inputs["n"], found.inputs["seed"] <= 3) == (1, True), found.inputs
    assert all(len(repr(found.inputs[name])) <= 3 for name in ("factor", "value"))


def test_what_an_author_refuses_is_left_as_it_is():
    box = Box((1.2345, 2.5))
    assert {"box": Box((1.0,))} in list(plainer({"box": Box((1.2345,))}))
    assert all(inputs["box"].sides for inputs in plainer({"box": box}))
