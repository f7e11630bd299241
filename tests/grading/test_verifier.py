"""One submission, run and judged: what each kind of hand-in earns, and that nothing else does."""

from __future__ import annotations

import dataclasses

import pytest

from course_lib.grading import exercises as module
from course_lib.grading.student_process import StudentProcess
from course_lib.grading.submission.collect import read_submission
from course_lib.grading.verdict import Verdict
from tests.grading.conftest import with_cells

HALF = (
    "def tf_log_like(x, y, m, b, s):\n"
    "    return -tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))\n"
)


def points(verdict: Verdict) -> dict[str, float]:
    return {check["exercise"]: check["earned"] for check in verdict["checks"]}


def lost(verdict: Verdict) -> set[str]:
    return {c["exercise"] for c in verdict["checks"] if c["earned"] < c["points"]}


RIGHT_PRIOR = "def log_prior(m, b, log_s):\n    return -1.5 * tf.math.log(1 + m**2)\n"


def check(verdict: Verdict, exercise: str):
    return next(check for check in verdict["checks"] if check["exercise"] == exercise)


def test_the_solutions_earn_every_point(verifier, hand_in):
    verdict = verifier.grade(hand_in())
    assert (verdict["earned"], verdict["possible"], lost(verdict)) == (18.0, 18.0, set())
    assert {"user", "net", "pid", "mount", "seccomp", "rlimit"} <= set(verdict["isolation"])


def test_the_blank_release_earns_nothing(verifier, course):
    blank = read_submission(
        with_cells("release/00_worksheet/worksheet.ipynb", {}), course.released, "bo"
    )
    verdict = verifier.grade(blank)
    assert verdict["earned"] == 0.0
    assert {check["status"] for check in verdict["checks"]} == {"missing"}


def test_one_wrong_function_costs_its_own_exercise_alone(verifier, hand_in):
    # the other functions of the solutions call this one, so they are given their own
    verdict = verifier.grade(
        hand_in(
            sampling_efficiency=(
                "def sampling_efficiency(chain, seconds):\n"
                "    return 1.0 * chain.shape[0], seconds\n"
            )
        )
    )
    assert lost(verdict) == {"sampling_efficiency"}


def test_a_wrong_value_is_shown_with_the_smallest_input(verifier, hand_in):
    claims = check(verifier.grade(hand_in(tf_log_like=HALF)), "tf_log_like")["claims"]
    failed = next(c for c in claims if c["claim"] == "has_the_right_value")
    assert len(failed["inputs"]["x"]) == 1
    assert failed["got"] == pytest.approx(2 * failed["expected"], rel=1e-12)
    assert failed["message"]


def test_what_is_built_on_a_wrong_function_is_not_blamed_for_it(verifier, hand_in):
    verdict = verifier.grade(hand_in(tf_log_like=HALF))
    own, built = check(verdict, "tf_log_like"), check(verdict, "tf_log_like_log_s")
    assert {c["mistake"] for c in own["claims"] if not c["passed"]} == {"missing_half"}
    assert "It is built on" not in own.get("message", "")
    assert built["message"].startswith(
        "It is built on tf_log_like, which is not right yet: fix that first"
    )
    assert built["built_on"] == ["tf_log_like"] and "built_on" not in own
    failed = [claim for claim in built["claims"] if not claim["passed"]]
    assert failed and {claim["message"] for claim in failed} == {""}
    assert not any("mistake" in claim for claim in failed)
    assert all(key in failed[0] for key in ("inputs", "expected", "got"))


@pytest.mark.slow
def test_a_function_that_takes_too_long_is_said_to_by_its_first_claim(verifier, hand_in):
    slow = "import time\ndef log_prior(m, b, log_s):\n    time.sleep(9)\n"
    claims = check(verifier.grade(hand_in(log_prior=slow)), "log_prior")["claims"]
    assert "no answer in the time that a call may take" in claims[0]["message"]
    assert not any("an earlier call" in claim["message"] for claim in claims)


def test_a_float32_constant_is_said_to_be_one(verifier, hand_in):
    mixed = (
        "def log_prior(m, b, log_s):\n    return -1.5 * tf.math.log(1 + m**2) + tf.math.log(0.2)\n"
    )
    claims = check(verifier.grade(hand_in(log_prior=mixed)), "log_prior")["claims"]
    assert "One of the two is float32" in claims[0]["message"]


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("def log_prior(m, b, log_s):\n    while True: pass\n", "timeout"),
        ("import os\ndef log_prior(m, b, log_s):\n    os._exit(0)\n", "crashed"),
        ("def log_prior(m, b, log_s):\n    raise RuntimeError('no')\n", "error"),
        ("def log_priro(m, b, log_s):\n    return m\n", "missing"),
        ("def log_prior(m, b, log_s)\n    return m\n", "missing"),
    ],
    ids=["endless", "exits", "raises", "misspelt", "does not parse"],
)
def test_a_function_that_fails_costs_those_who_need_it_alone(verifier, hand_in, source, status):
    verdict = verifier.grade(hand_in(log_prior=source))
    assert check(verdict, "log_prior")["status"] == status
    assert lost(verdict) == {"log_prior", "log_prob"}
    assert points(verdict)["log_prior"] == 0.0


def test_an_instructors_cell_that_calls_something_endless_is_waited_for_once(
    verifier, hand_in, monkeypatch
):
    told, run = [], StudentProcess.run
    asked, ask = [], StudentProcess.ask

    def noted(process, cells):
        told.extend(id_ for id_, source in cells if "fit_line(" in source and "def " not in source)
        return run(process, cells)

    def counted(process, questions):
        asked.append(questions[0].function)
        return ask(process, questions)

    monkeypatch.setattr(StudentProcess, "run", noted)
    monkeypatch.setattr(StudentProcess, "ask", counted)
    verdict = verifier.grade(
        hand_in(fit_line="def fit_line(x, y, theta0):\n    while True: pass\n")
    )
    assert lost(verdict) == {"fit_line"}
    assert check(verdict, "fit_line")["status"] == "timeout"
    assert len(told) == len(set(told)) > 0
    assert asked.count("fit_line") == 1, "the cell's time was the first strike"


def test_what_is_built_on_a_wrong_function_is_not_made_smaller(verifier, hand_in, monkeypatch):
    made_smaller, judge = {}, module.judge

    def noted(plan, exercise, ask, shrinking, *more):
        made_smaller[exercise.name] = shrinking
        return judge(plan, exercise, ask, shrinking, *more)

    monkeypatch.setattr(module, "judge", noted)
    verifier.grade(hand_in(log_prior="def log_prior(m, b, log_s):\n    return m\n"))
    assert [name for name, allowed in made_smaller.items() if not allowed] == ["log_prob"]


@pytest.mark.parametrize(
    "extra", ["while True: pass", "import os; os._exit(1)", "raise SystemExit", "1 / 0", "%nothing"]
)
def test_a_cell_of_ones_own_that_fails_costs_nothing(verifier, hand_in, extra):
    assert verifier.grade(hand_in(extra=extra))["earned"] == 18.0


def test_prints_warnings_and_stderr_cost_nothing(verifier, hand_in):
    noisy = (
        "import sys, warnings, logging\n"
        "def log_prior(m, b, log_s):\n"
        "    print('hello'); print('oh', file=sys.stderr); warnings.warn('careful')\n"
        "    logging.error('loud')\n"
        "    return -1.5 * tf.math.log(1 + m**2)\n"
    )
    assert verifier.grade(hand_in(log_prior=noisy))["earned"] == 18.0


@pytest.mark.parametrize("value", ["0.0 * m", "tf.constant(1.0, tf.float64)", "m", "y[0]", "1/0*m"])
def test_nonsense_earns_nothing(verifier, hand_in, value):
    source = f"def tf_log_like(x, y, m, b, s):\n    return {value}\n"
    assert points(verifier.grade(hand_in(tf_log_like=source)))["tf_log_like"] == 0.0


def test_a_demonstration_is_left_alone(verifier, hand_in):
    submission = hand_in()
    verdict = verifier.grade(submission)
    demonstrations = {cell.id for cell in submission.cells if cell.demonstration and cell.may_run}
    skipped = {name for name, cell in verdict["cells"].items() if cell["status"] == "skipped"}
    assert demonstrations
    assert demonstrations == skipped


@pytest.mark.parametrize("spelt", ["secret", "globals()['secret']"])
def test_a_demonstration_that_a_graded_function_needs_is_run(verifier, hand_in, spelt):
    submission = hand_in(
        log_prior=(f"def log_prior(m, b, log_s):\n    return {spelt} * tf.math.log(1 + m**2)\n")
    )
    cells = list(submission.cells)
    where = next(i for i, cell in enumerate(cells) if cell.demonstration and cell.may_run)
    cells[where] = dataclasses.replace(cells[where], source="secret = -1.5")
    for i, cell in enumerate(cells):  # the others sample for seconds, and are not what is tested
        if cell.demonstration and cell.may_run and i != where:
            cells[i] = dataclasses.replace(cell, source="pass")
    verdict = verifier.grade(dataclasses.replace(submission, cells=tuple(cells)))
    assert verdict["earned"] == 18.0


def test_the_same_seed_gives_the_same_verdict(verifier, hand_in):
    first, second = (verifier.grade(hand_in(tf_log_like=HALF)) for _ in range(2))
    assert points(first) == points(second)
    assert [c["passed"] for c in check(first, "tf_log_like")["claims"]] == [
        c["passed"] for c in check(second, "tf_log_like")["claims"]
    ]


def test_a_check_beside_a_function_does_nothing_and_costs_nothing(verifier, hand_in):
    own = RIGHT_PRIOR + "assert check(log_prior) is None\n"
    verdict = verifier.grade(hand_in(log_prior=own))
    assert verdict["earned"] == 18.0
