"""A submission's process, started again where it ended: which calls are put once more."""

from __future__ import annotations

import time

import pytest

from course_lib.grading.session import Session
from course_lib.grading.time_limits import TimeLimits
from course_lib.notebook.cell import Cell
from course_lib.protocol.questions import Answer, Question

LIMITS = TimeLimits(cell=2.0, first_call=0.8, call=0.8, notebook=60.0)
QUESTIONS = [Question.call("f", (float(n),)) for n in range(5)]


@pytest.fixture
def asked(fork_server):
    """Asks five questions of a cell's `f`: the answers, the strikes, and the CPU seconds used."""

    def ask(source: str) -> tuple[list[Answer], list[Answer], float]:
        session = Session(fork_server, (Cell("f", source),), LIMITS)
        strikes: list[Answer] = []
        answers = session.ask(QUESTIONS, strikes)
        session.close()
        return answers, strikes, session.cpu_seconds

    return ask


def kinds(answers: list[Answer]) -> list[str]:
    return [answer.error.kind if answer.error else "" for answer in answers]


def test_a_call_that_was_late_once_is_put_once_more_and_costs_nothing(asked):
    """As on a machine that stands still for a moment: the second time there is an answer."""
    until = time.time() + 1.2
    waits = f"    while time.time() < {until}:\n        time.sleep(0.02)\n"
    answers, strikes, _ = asked(f"import time\ndef f(x):\n{waits}    return x\n")
    assert kinds(answers) == [""] * 5
    assert [answer.value for answer in answers] == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert len(strikes) <= 1


def test_a_loop_without_an_end_is_given_up_after_the_second_call(asked):
    answers, strikes, used = asked("def f(x):\n    while True:\n        pass\n")
    assert kinds(answers) == ["timeout"] * 5 and len(strikes) == 2
    assert used < 2 * LIMITS.first_call + 2.0


def test_which_calls_were_answered_before_it_was_given_up_does_not_matter(asked):
    """Else the order of the questions, which the seed makes, would decide on points."""
    answers, _, _ = asked("def f(x):\n    while x == 3.0:\n        pass\n    return x\n")
    assert kinds(answers) == ["timeout"] * 5


def test_what_sleeps_for_ever_is_ended_without_using_any_time(asked):
    began = time.monotonic()
    answers, _, used = asked("import time\ndef f(x):\n    time.sleep(1000)\n")
    assert kinds(answers) == ["timeout"] * 5
    assert used < 2.0
    assert time.monotonic() - began < 60.0
