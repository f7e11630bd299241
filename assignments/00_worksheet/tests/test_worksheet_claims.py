"""The worksheet's claims accept what is right, however written, and nothing else.

Every answer in `worksheet_answers.py` is called by TensorFlow, as the grader does, and judged by
the claims; nothing is mocked. The quick tests take every fourth, the slow one all of them.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from worksheet import ASSIGNMENT, EXERCISES, module
from worksheet_answers import NONSENSE, RIGHT, SOLUTIONS, WRONG, Function

from course_lib.claims.judging import Result, judge
from course_lib.claims.rounding import OPERATIONS
from course_lib.claims.sampling import RECORDED, SamplingPlan
from course_lib.protocol.perform import perform
from course_lib.protocol.questions import Answer, Question

LINES, wild = module("extremes").LINES, module("inputs")._wild


@cache
def plan(seed: int) -> SamplingPlan:
    return SamplingPlan.draw(ASSIGNMENT, seed)


def judged(exercise: str, function: Function, seed: int) -> Result:
    """What the claims say of one function, in one seed's draws, without shrinking."""

    def ask(questions: list[Question]) -> list[Answer]:
        return [perform({exercise: function}, question) for question in questions]

    return judge(plan(seed), EXERCISES[exercise], ask, shrinking=False)


def failures(result: Result) -> str:
    """Each claim that failed, with its input, for a person to read."""
    return "\n".join(
        f"{claim.claim.name}: {claim.failure.wrong} on {claim.failure.inputs}"
        for claim in result.claims
        if claim.failure is not None
    )


def cases(bank: dict[str, dict[str, Function]]) -> list[object]:
    return [
        pytest.param(exercise, function, id=f"{exercise}-{name}")
        for exercise, answers in bank.items()
        for name, function in answers.items()
    ]


@pytest.mark.parametrize("exercise", SOLUTIONS)
@pytest.mark.parametrize("seed", [0, 1])
def test_solutions_earn_every_point(exercise: str, seed: int) -> None:
    """Whatever is drawn, a solution loses nothing."""
    result = judged(exercise, SOLUTIONS[exercise], seed)
    assert result.earned == EXERCISES[exercise].points, failures(result)


@pytest.mark.parametrize(("exercise", "function"), cases(RIGHT)[::4])
def test_right_answers_keep_full_points(exercise: str, function: Function) -> None:
    """Other algebra, other styles and compiled functions are right too."""
    result = judged(exercise, function, seed=11)
    assert result.earned == EXERCISES[exercise].points, failures(result)


@pytest.mark.parametrize(("exercise", "function"), cases(WRONG)[::4])
def test_wrong_answers_lose_points(exercise: str, function: Function) -> None:
    """No mistake of the bank keeps all its points."""
    assert judged(exercise, function, seed=21).earned < EXERCISES[exercise].points


@pytest.mark.slow
def test_other_draws_do_not_change_the_verdict() -> None:
    """On the whole bank no right answer loses a point, and no wrong one keeps all."""
    rejected, accepted = [], []
    for bank, failed in ((RIGHT, rejected), (WRONG, accepted)):
        for exercise, answers in bank.items():
            for name, function in answers.items():
                full = judged(exercise, function, seed=100).earned == EXERCISES[exercise].points
                if full != (bank is RIGHT):
                    failed.append(f"{exercise}/{name}")
    assert (rejected, accepted) == ([], [])


@pytest.mark.parametrize("exercise", SOLUTIONS)
@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_earns_nothing(exercise: str, nonsense: str) -> None:
    """A constant, the input or no answer at all is worth zero, whatever symmetries it has."""
    assert judged(exercise, NONSENSE[nonsense], seed=31).earned == 0.0


def test_a_constant_of_its_own_is_no_mistake_in_a_prior() -> None:
    """`log_prior` and `log_prob` are compared up to a constant; `tf_log_like` is not."""
    for exercise, points in (("log_prior", 2.0), ("log_prob", 1.0)):
        shifted = lambda *a, f=SOLUTIONS[exercise]: f(*a) - 7.5  # noqa: E731
        assert judged(exercise, shifted, seed=41).earned == points
    lowered = lambda *a: SOLUTIONS["tf_log_like"](*a) - 7.5  # noqa: E731
    assert judged("tf_log_like", lowered, seed=41).earned < 3.0


def test_the_line_that_is_shown_is_one_of_those_compared() -> None:
    """A claim about two slopes names both, and shows one of them."""
    result = judged("log_prior", lambda m, b, log_s: 0.0 * m, seed=42)
    failure = next(claim.failure for claim in result.claims if claim.claim.gate)
    assert failure is not None and failure.question is not None
    shown = float(np.asarray(failure.question.arguments[0]))
    assert shown != 0.0
    assert f"at m = {shown:g}, for that is your value at m = 0" in str(failure.wrong.expected)


def test_rounding_is_derived_for_every_scale_that_is_drawn() -> None:
    """In units of eps / 2: 6 + 3 + 8 operations, and twice log s, by way of which s may go."""
    scales = [line.s for line in (*LINES.values(), *(wild(seed, 2) for seed in range(2000)))]
    assert 6 + 3 + 8 + 2 * np.abs(np.log(scales)).max() <= 2 * OPERATIONS


def test_missing_two_pi_is_seen_by_value_and_perfect_fit_only() -> None:
    """The evidence of COURSE: its symmetries and its gradient are all in order."""
    result = judged("tf_log_like", WRONG["tf_log_like"]["no 2 pi"], seed=51)
    failed = {claim.claim.name for claim in result.claims if not claim.holds}
    assert failed == {"has_the_right_value", "is_right_for_a_perfect_fit"}


def test_a_cut_gradient_is_seen_by_the_gradient_only() -> None:
    """Right values whose log term TensorFlow cannot see."""
    result = judged("tf_log_like", WRONG["tf_log_like"]["stop_gradient of the log"], seed=52)
    assert [claim.claim.name for claim in result.claims if not claim.holds] == [
        "can_be_differentiated"
    ]


@pytest.mark.parametrize(
    ("exercise", "name"),
    [
        ("tf_log_like", "float32"),
        ("tf_log_like", "a Python float"),
        ("tf_log_like", "a NumPy number"),
        ("tf_log_like", "shape [1]"),
        ("grad_log_like", "one tensor"),
        ("grad_log_like", "NumPy"),
        ("grad_log_like", "float32"),
        ("grad_log_like", "two of three"),
        ("fit_line", "float32"),
        ("fit_line", "two parameters"),
        ("sampling_efficiency", "only n_eff"),
    ],
)
def test_another_type_than_the_signature_says_is_named(exercise: str, name: str) -> None:
    """The claim about what comes back fails, whether or not the numbers are right."""
    result = judged(exercise, WRONG[exercise][name], seed=53)
    by_name = {claim.claim.name: claim.holds for claim in result.claims}
    assert [holds for claim, holds in by_name.items() if claim.startswith("returns_")] == [False]


def test_points_are_shared_out() -> None:
    """The exercises are those of the worksheet, and their claims share out 18 points."""
    assert ASSIGNMENT.faults() == []
    assert {name: exercise.points for name, exercise in EXERCISES.items()} == {
        "tf_log_like": 3,
        "grad_log_like": 3,
        "tf_log_like_log_s": 1,
        "grad_log_like_log_s": 2,
        "fit_line": 3,
        "log_prior": 2,
        "log_prob": 1,
        "sampling_efficiency": 3,
    }


def test_every_exercise_has_a_gate() -> None:
    """Without one, nonsense could earn the points of its symmetries."""
    for exercise in EXERCISES.values():
        assert any(claim.gate for claim in exercise.claims), exercise.name


def test_what_is_drawn_is_known_to_nobody_before_the_seed() -> None:
    """But for what is the same for all, two seeds have next to no question in common."""
    keys = []
    for seed in (RECORDED, 3, 4):
        drawn = SamplingPlan.draw(ASSIGNMENT, seed)
        keys.append({question.key for each in drawn.questions.values() for question in each})
    known = keys.pop(0)
    keys = [asked - known for asked in keys]
    # Half of log_prior's numbers have one decimal, and hypothesis likes a zero: few, but not none.
    assert len(keys[0] & keys[1]) < 0.05 * len(keys[0])


def test_a_fit_is_asked_nothing_twice() -> None:
    """Its gate puts one question, which is compared with the truth; and an answer is slow."""
    fits, batches = SamplingPlan.draw(ASSIGNMENT, seed=3, only=("fit_line",)), []

    def ask(questions: list[Question]) -> list[Answer]:
        batches.append(len(questions))
        return [fits.truth.answer(question) for question in questions]

    judge(fits, EXERCISES["fit_line"], ask)
    assert batches[:1] == [len(fits.questions["fit_line"])] and sum(batches[1:]) == 0


def test_a_fit_is_drawn_with_few_digits() -> None:
    drawn = SamplingPlan.draw(ASSIGNMENT, seed=3, only=("fit_line",))
    inputs = drawn.inputs["fit_line", "forgets_where_it_started"]
    assert inputs
    for each in inputs:
        numbers = np.concatenate(list(each["fit"]))
        assert max(len(repr(float(number))) for number in numbers) <= 6  # -1.234
