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
from attack_bank import PROJECT
from canaries import ASSIGNMENT
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.claims.judging import Result, judge
from course_lib.claims.loading import load
from course_lib.claims.sampling import Ask, SamplingPlan
from course_lib.feedback import card
from course_lib.feedback.diagnosis import diagnose
from course_lib.feedback.explain import report
from course_lib.feedback.mistake_archive import shipped
from course_lib.grading.verdict import _jsonable
from course_lib.protocol import wire
from course_lib.protocol.figures import Axes, Figure
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import Numbers, Table

EXERCISES = tuple(load(ASSIGNMENT, PROJECT).exercises)
EXTREME = (0.0, 1.0, np.nan, np.inf, -np.inf, -1.7e308)
FORMS: dict[str, Callable[[float], Answer]] = {
    "a tensor": lambda v: Answer(_tensor(v)),
    "a number": lambda v: Answer(Numbers("number", "float64", np.array(v))),
    "a float": Answer,
    "two numbers": lambda v: Answer((Numbers("number", "float64", np.array(v)),) * 2),
    "three tensors": lambda v: Answer((_tensor(v),) * 3),
    "three floats": lambda v: Answer([v] * 3),
    "an array of three": lambda v: Answer(Numbers("array", "float64", np.full(3, v))),
    "an empty tuple": lambda _: Answer(()),
    "an empty array": lambda _: Answer(Numbers("array", "float64", np.empty((0, 3)))),
    "none": lambda _: Answer(None),
    "nones": lambda _: Answer((None,) * 3),
    "sixteen tables": lambda v: Answer([Numbers("tensor", "float64", np.full((9, 9), v))] * 16),
    "eight axes": lambda v: Answer(Numbers("tensor", "float64", np.full((1,) * 8, v))),
    "a complex number": lambda v: Answer(complex(v, v)),
    "complex tensors": lambda v: Answer((Numbers("tensor", "complex128", np.array(v + 1j)),) * 3),
    "truths": lambda v: Answer((bool(v > 0),) * 3),
    "an int of many digits": lambda _: Answer(10**19_000),
    "three ints of many digits": lambda _: Answer((10**400, -(10**400), 1)),
    "text": lambda v: Answer(str(v)),
    "text that is none": lambda _: Answer("\ud800\x00\x1b[31m<script>"),
    "a dict": lambda v: Answer({"m": v, 7: [v, None], (1, "a"): {}}),
    "lists of other lengths": lambda v: Answer([[v], [v, v], []]),
    "a table": lambda v: Answer(Table({"m": np.full(3, v), "b": ["x", None, "z"]})),
    "a figure": lambda _: Answer(Figure((Axes("\ud800", "", "", "linear", "log", ("a",), ()),))),
    "an error without words": lambda _: Answer.failed("raised", ""),
    "nothing there, without words": lambda _: Answer.failed("missing", ""),
    "a return without words": lambda _: Answer.failed("returned", ""),
    "a dtype of its own": lambda v: Answer(
        Numbers("tensor", "complex_float_64", np.array(np.clip(v, -1e38, 1e38), np.float32))
    ),
}
SHAPES = ("a tensor", "two numbers", "three tensors", "an array of three")  # some exercise's own


def _tensor(value: float) -> Numbers:
    return Numbers("tensor", "float64", np.array(value))


@pytest.fixture(scope="module")
def plan() -> SamplingPlan:
    return SamplingPlan.draw(load(ASSIGNMENT, PROJECT), SEED, share=SHARE)


def judged(plan: SamplingPlan, name: str, answer: Callable[[Question], Answer]) -> Result:
    """One exercise's result where every call is answered so; reported as a verdict would be."""
    exercise = plan.assignment.exercises[name]
    result = judge(plan, exercise, asked(answer), shrinking=False)
    json.dumps(_jsonable(report(plan, result)), allow_nan=False)
    return result


def asked(answer: Callable[[Question], Answer]) -> Ask:
    """What is asked when every call is answered so, and the answer has crossed the wire."""
    return lambda questions: [
        wire.decode_answer(wire.encode_answer(answer(question), 0))[1] for question in questions
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", EXERCISES)
def test_one_answer_to_everything_earns_nothing(plan: SamplingPlan, name: str, form: str) -> None:
    answers = {wire.encode_answer(FORMS[form](v), 0): FORMS[form](v) for v in EXTREME}
    for answer in answers.values():  # most forms without a number are one answer
        assert judged(plan, name, lambda _, a=answer: a).earned == 0.0, answer


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("step", [1.0, -1.0, 1e-9, -1e-9, 1e300, -1e300])
def test_counting_earns_nothing(plan: SamplingPlan, name: str, step: float) -> None:
    starts = (0.0, 1e9) if step == 1.0 else (0.0,)
    for form, start in itertools.product(SHAPES, starts):
        count = itertools.count(1)
        earned = judged(
            plan, name, lambda _, f=form, c=count, s=start: FORMS[f](s + step * next(c))
        ).earned
        assert earned == 0.0, (form, start)


@pytest.mark.parametrize("name", EXERCISES)
def test_growing_tenfold_earns_nothing(plan: SamplingPlan, name: str) -> None:
    for form in SHAPES:
        for factor in (10.0, 0.1, -10.0):
            powers = (factor**k for k in itertools.cycle(range(300)))
            assert (
                judged(plan, name, lambda _, f=form, p=powers: FORMS[f](next(p))).earned == 0.0
            ), (form, factor)


def remembered(numbers: Iterator[float], form: str) -> Callable[[Question], Answer]:
    """The next number for a new question, and the same as before for an old one."""
    known: dict[object, float] = {}

    def answer(question: Question) -> Answer:
        if question.key not in known:
            known[question.key] = next(numbers)
        return FORMS[form](known[question.key])

    return answer


@pytest.mark.parametrize("name", EXERCISES)
def test_counting_what_is_new_earns_nothing(plan: SamplingPlan, name: str) -> None:
    for form in SHAPES:
        for factor in (1.0, -1.0):
            numbers = (factor * k for k in itertools.count(1))
            assert judged(plan, name, remembered(numbers, form)).earned == 0.0, (form, factor)


@settings(max_examples=4, deadline=None, database=None, derandomize=True)
@given(data=st.data())
@pytest.mark.parametrize("name", EXERCISES)
def test_no_numbers_break_the_judge(plan: SamplingPlan, name: str, data: st.DataObject) -> None:
    seed = data.draw(st.integers(0, 2**32))
    form = data.draw(st.sampled_from(list(FORMS)))
    random = np.random.default_rng(seed)

    def any_number(_: Question) -> Answer:
        if random.random() < 0.3:
            return FORMS[form](float(random.choice(EXTREME)))
        return FORMS[form](float(random.normal() * 10.0 ** random.uniform(-300, 300)))

    result = judged(plan, name, any_number)
    found = diagnose(plan, result, shipped(plan.assignment)[name].known, asked(any_number))
    said = json.loads(json.dumps(_jsonable(report(plan, result, found)), allow_nan=False))
    assert name in card.html(said) and name in card.text(said)
    card.html(said).encode(), card.text(said).encode()
