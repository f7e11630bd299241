"""Numbers that are nonsense, put straight before the judge: no point, and never an exception.

What a hostile process can say at most is any float64 in any of the forms that the wire lets pass.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from arena import SEED, SHARE
from canaries import ASSIGNMENT
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.calls import wire
from course_lib.calls.answer import Answer, Call, Part
from course_lib.checks import card, load
from course_lib.checks.answers import shipped
from course_lib.checks.diagnosis import diagnose
from course_lib.checks.explain import report
from course_lib.checks.judging import Ask, Plan, Result, judge
from course_lib.grading.verdict import _jsonable

EXERCISES = tuple(load(ASSIGNMENT).exercises)
EXTREME = (0.0, 1.0, np.nan, np.inf, -np.inf, -1.7e308)
FORMS: dict[str, Callable[[float], Answer]] = {
    "a tensor": lambda v: Answer((_tensor(v),)),
    "a number": lambda v: Answer((Part("number", "float64", np.array(v)),)),
    "two numbers": lambda v: Answer((Part("number", "float64", np.array(v)),) * 2, "tuple"),
    "three tensors": lambda v: Answer((_tensor(v),) * 3, "tuple"),
    "an array of three": lambda v: Answer((Part("array", "float64", np.full(3, v)),)),
    "an empty tuple": lambda _: Answer((), "tuple"),
    "an empty array": lambda _: Answer((Part("array", "float64", np.empty((0, 3))),)),
    "nones": lambda _: Answer((Part("none", "none", np.empty(0)),) * 3, "tuple"),
    "nones that have values": lambda v: Answer((Part("none", "none", np.full(3, v)),) * 3, "tuple"),
    "sixteen tables": lambda v: Answer(
        (Part("tensor", "float64", np.full((9, 9), v)),) * 16, "list"
    ),
    "eight axes": lambda v: Answer((Part("tensor", "float64", np.full((1,) * 8, v)),)),
    "an error without words": lambda _: Answer.failed("raised", ""),
    "nothing there, without words": lambda _: Answer.failed("missing", ""),
    "a return without words": lambda _: Answer.failed("returned", ""),
    "a dtype of its own": lambda v: Answer((Part("tensor", "complex_float_64", np.array(v)),)),
}


def _tensor(value: float) -> Part:
    return Part("tensor", "float64", np.array(value))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Plan.draw(load(ASSIGNMENT), SEED, share=SHARE)


def judged(plan: Plan, name: str, answer: Callable[[Call], Answer]) -> Result:
    """One exercise's result where every call is answered so; reported as a verdict would be."""
    exercise = plan.checks.exercises[name]
    result = judge(plan, exercise, asked(answer), shrinking=0.0)
    json.dumps(_jsonable(report(plan, result)), allow_nan=False)
    return result


def asked(answer: Callable[[Call], Answer]) -> Ask:
    """What is asked when every call is answered so, and the answer has crossed the wire."""
    return lambda calls: [
        wire.decode_answer(wire.encode_answer(answer(call), 0))[1] for call in calls
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", EXERCISES)
def test_one_answer_to_everything_earns_nothing(plan: Plan, name: str, form: str) -> None:
    for value in EXTREME:
        assert judged(plan, name, lambda _, v=value: FORMS[form](v)).earned == 0.0, value


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("step", [1.0, -1.0, 1e-9, -1e-9, 1e300, -1e300])
def test_counting_earns_nothing(plan: Plan, name: str, step: float) -> None:
    for form in ("a tensor", "two numbers", "three tensors", "an array of three"):
        for start in (0.0, 1e9):
            count = itertools.count(1)
            earned = judged(
                plan, name, lambda _, f=form, c=count, s=start: FORMS[f](s + step * next(c))
            ).earned
            assert earned == 0.0, (form, start)


@pytest.mark.parametrize("name", EXERCISES)
def test_growing_tenfold_earns_nothing(plan: Plan, name: str) -> None:
    for form in ("a tensor", "two numbers", "three tensors", "an array of three"):
        for factor in (10.0, 0.1, -10.0):
            powers = (factor**k for k in itertools.cycle(range(300)))
            assert (
                judged(plan, name, lambda _, f=form, p=powers: FORMS[f](next(p))).earned == 0.0
            ), (form, factor)


def remembered(numbers: Iterator[float], form: str) -> Callable[[Call], Answer]:
    """The next number for a new question, and the same as before for an old one."""
    known: dict[object, float] = {}

    def answer(call: Call) -> Answer:
        if call.key not in known:
            known[call.key] = next(numbers)
        return FORMS[form](known[call.key])

    return answer


@pytest.mark.parametrize("name", EXERCISES)
def test_counting_what_is_new_earns_nothing(plan: Plan, name: str) -> None:
    for form in ("a tensor", "two numbers", "three tensors", "an array of three"):
        for factor in (1.0, -1.0):
            numbers = (factor * k for k in itertools.count(1))
            assert judged(plan, name, remembered(numbers, form)).earned == 0.0, (form, factor)


@settings(max_examples=20, deadline=None, database=None, derandomize=True)
@given(data=st.data())
@pytest.mark.parametrize("name", EXERCISES)
def test_no_numbers_break_the_judge(plan: Plan, name: str, data: st.DataObject) -> None:
    seed = data.draw(st.integers(0, 2**32))
    form = data.draw(st.sampled_from(list(FORMS)))
    random = np.random.default_rng(seed)

    def any_number(_: Call) -> Answer:
        if random.random() < 0.3:
            return FORMS[form](float(random.choice(EXTREME)))
        return FORMS[form](float(random.normal() * 10.0 ** random.uniform(-300, 300)))

    result = judged(plan, name, any_number)
    found = diagnose(result, shipped(plan.checks)[name].known, asked(any_number))
    said = json.loads(json.dumps(_jsonable(report(plan, result, found)), allow_nan=False))
    assert name in card.html(said) and name in card.text(said)
