"""An exercise is asked where its test cell stands: names may be used again further down."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from course_lib.grading.course import Course
from course_lib.grading.fork_server import ForkServer
from course_lib.grading.submission.collect import read_submission
from course_lib.grading.verdict import Verdict
from course_lib.grading.verifier import Verifier
from tests.engine.conftest import check_of, notebook

BUILT = """
SCALE, WEIGHTS, ONES = 1.0, [], np.ones(3)
class Sum:
    def of(self, values):
        return float(np.sum(values))
def total(values):
    return Sum().of(values) * SCALE * ONES[0]
def mean(values):
    assert not WEIGHTS
    return total(values) / len(values)
"""
WRONG = "SCALE = 1.0\ndef mean(values):\n    return float(np.sum(values)) * SCALE\n"
STUB = "def mean(values):\n    # YOUR CODE HERE\n    raise NotImplementedError()"

Judge = Callable[..., Verdict]


@pytest.fixture
def judged(verifiers: Callable[[str], tuple[Course, Verifier]]) -> Judge:
    """`judged(mean="…", extra="…")`: the verdict on `mean` alone; `extra` is the last cell."""
    course, verifier = verifiers("01_basics")

    def judge(extra: str, only: tuple[str, ...] = ("mean",), **replaced: str) -> Verdict:
        submission = read_submission(notebook(course, replaced, extra), course.released, "ada")
        return verifier.grade(submission, only=only)

    return judge


@pytest.mark.parametrize(
    "later",
    [
        "def mean(values):\n    return 0.0  # what if it were zero?",
        "mean = mean([1.0, 2.0])",
        "SCALE = 64",
        "SCALE: int = 64",
        "for SCALE in range(3): pass",
        "WEIGHTS.append(2.0)",
        "ONES[:] = 0",
        "ones = ONES\nones *= 0",
        "del mean",
        "del total, SCALE",
        "class Sum:\n    def of(self, values):\n        return 0.0",
        "Sum.of = lambda self, values: 0.0",
        "import math as np",
        "np.sum = max",
        "np.random.seed(1)\ntotal = np.random.rand()",
        "def change():\n    global SCALE\n    SCALE = 5\nchange()",
        "globals()['SCALE'] = 3",
        "%reset -f",
        "while True: SCALE = 2",
        "import os; os._exit(1)",
    ],
)
def test_what_a_later_cell_does_with_the_names_costs_nothing(judged: Judge, later: str) -> None:
    check = check_of(judged(later, mean=BUILT), "mean")
    assert (check["earned"], check.get("message", "")) == (2.0, "")


@pytest.mark.parametrize(
    ("cell", "later"),
    [
        (STUB, "def mean(values):\n    return float(np.sum(values) / len(values))"),
        ("def mean(values):\n    return add(values) / len(values)", "add = sum"),
        ("def mean(values):\n    return float(np.sum(values))", BUILT),
        ("", BUILT),
    ],
    ids=["the stub above", "a helper below", "improved below", "not above"],
)
def test_what_stands_below_the_test_counts_where_it_is_better(
    judged: Judge, cell: str, later: str
) -> None:
    check = check_of(judged(later, mean=cell), "mean")
    assert check["earned"] == 2.0
    assert "at the end of your notebook" in check["message"]


def test_a_wrong_answer_is_shown_as_it_was_at_its_test(judged: Judge) -> None:
    check = check_of(judged("SCALE = 64.0", mean=WRONG), "mean")
    failed = next(claim for claim in check["claims"] if "expected" in claim)
    count = len(failed["inputs"]["values"])
    assert failed["got"] == pytest.approx(count * failed["expected"])
    assert "the cell that begins “SCALE = 64.0”" in check["message"]


def test_nothing_is_said_of_later_cells_that_use_other_names(judged: Judge) -> None:
    check = check_of(judged("other = mean([1.0])", mean=WRONG), "mean")
    assert "later" not in check.get("message", "")


def test_an_exercise_is_not_asked_after_another_ones_later_cells(judged: Judge) -> None:
    """`descend` is tested first: what the cell of `mean` does comes later."""
    verdict = judged("", only=("descend", "mean"), mean=f"{BUILT}\ndescend = None")
    assert {check["earned"] for check in verdict["checks"]} == {3.0, 2.0}


def test_an_ordinary_hand_in_has_one_process_and_each_cell_runs_once(
    verifiers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    course, verifier = verifiers("01_basics")
    started, spawn = [], ForkServer.spawn

    def counted(server: ForkServer, *settings: Any, **more: Any) -> Any:
        started.append(1)
        return spawn(server, *settings, **more)

    monkeypatch.setattr(ForkServer, "spawn", counted)
    data = json.loads(notebook(course, {}, "count = globals().get('count', 0) + 1\nprint(count)"))
    data["cells"].insert(0, data["cells"][-1])
    submission = read_submission(json.dumps(data).encode(), course.released, "ada")
    verdict = verifier.grade(submission)
    assert verdict["earned"] == verdict["possible"]
    assert len(started) == 1
    printed = [c["outputs"][0]["text"] for n, c in verdict["cells"].items() if "extra" in n]
    assert printed == ["1\n", "2\n"]
