"""The worksheet's claims accept what is right, however written, and nothing else.

Every answer in `worksheet_answers.py` is called by TensorFlow, as the grader does, and judged by
the claims; nothing is mocked.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from worksheet_answers import NONSENSE, RIGHT, SOLUTIONS, WRONG, Function

from course_lib.calls.answer import Answer, Call
from course_lib.calls.perform import perform
from course_lib.checks import load
from course_lib.checks.judging import Plan, Result, judge
from course_lib.checks.strategies import _wild
from course_lib.checks.tolerance import OPERATIONS
from course_lib.checks.worksheet.extremes import LINES

CHECKS = load("00_worksheet")


@cache
def plan(seed: int) -> Plan:
    return Plan.draw(CHECKS, seed)


def judged(exercise: str, function: Function, seed: int) -> Result:
    """What the claims say of one function, in one seed's draws, without shrinking."""

    def ask(calls: list[Call]) -> list[Answer]:
        return [perform({exercise: function}, call) for call in calls]

    return judge(plan(seed), CHECKS.exercises[exercise], ask, shrinking=0.0)


def faults(result: Result) -> str:
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
    assert result.earned == CHECKS.exercises[exercise].points, faults(result)


@pytest.mark.parametrize(("exercise", "function"), cases(RIGHT))
def test_right_answers_keep_full_points(exercise: str, function: Function) -> None:
    """Other algebra, other styles and compiled functions are right too."""
    result = judged(exercise, function, seed=11)
    assert result.earned == CHECKS.exercises[exercise].points, faults(result)


@pytest.mark.parametrize(("exercise", "function"), cases(WRONG))
def test_wrong_answers_lose_points(exercise: str, function: Function) -> None:
    """No mistake of the bank keeps all its points."""
    assert judged(exercise, function, seed=21).earned < CHECKS.exercises[exercise].points


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 120))
def test_no_draw_changes_the_verdict(seed: int) -> None:
    """Over twenty seeds no right answer loses a point, and no wrong one keeps all."""
    rejected, accepted = [], []
    for bank, failed in ((RIGHT, rejected), (WRONG, accepted)):
        for exercise, answers in bank.items():
            for name, function in answers.items():
                full = judged(exercise, function, seed).earned == CHECKS.exercises[exercise].points
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
    assert failure is not None and failure.call is not None
    shown = float(np.asarray(failure.call.arguments[0]))
    assert shown != 0.0
    assert f"at m = {shown:g}, for that is what it is at m = 0" in str(failure.wrong.expected)


def test_rounding_is_derived_for_every_scale_that_is_drawn() -> None:
    """In units of eps / 2: 6 + 3 + 8 operations, and twice log s, by way of which s may go."""
    scales = [line.s for line in (*LINES.values(), *(_wild(seed, 2) for seed in range(2000)))]
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
    CHECKS.validate()
    assert {name: exercise.points for name, exercise in CHECKS.exercises.items()} == {
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
    for exercise in CHECKS.exercises.values():
        assert any(claim.gate for claim in exercise.claims), exercise.name
