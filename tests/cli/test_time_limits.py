"""A student's check allows the time that the grader allows, and no more."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from course_lib import limits
from course_lib.grading.time_limits import TimeLimits
from course_lib.protocol import perform
from course_lib.protocol.questions import Question
from course_lib.student import run
from course_lib.student.timeouts import Clock, patient

F, G = Question.call("f", ()), Question.call("g", ())


@pytest.fixture
def ask(monkeypatch):
    """Asks functions of 0.3 CPU-s, where first calls may take 0.6 s and later ones 0.1 s."""
    monkeypatch.setattr(limits, "FIRST_CALL_SECONDS", 0.6)
    monkeypatch.setattr(limits, "CALL_SECONDS", 0.1)

    def slow(_namespace, _call):
        end = time.process_time() + 0.3
        while time.process_time() < end:
            pass
        return SimpleNamespace(error=None)

    monkeypatch.setattr(perform, "perform", slow)
    return patient({})


def kinds(answers):
    return [answer.error and answer.error.kind for answer in answers]


def test_the_first_call_of_each_function_may_take_longer_than_later_ones(ask):
    assert kinds(ask([F, G])) == [None, None]
    assert kinds(ask([F])) == ["timeout"]


def test_after_as_many_late_calls_as_in_grading_the_others_are_answered_at_once(ask):
    assert kinds(ask([F, F, F, G])) == [None, *["timeout"] * 3]
    assert "no answer within" in ask([G])[0].error.message


def test_the_time_for_the_whole_has_an_end(ask):
    asked = patient({}, Clock(0.5))
    answers = asked([F, G])
    assert kinds(answers) == [None, "timeout"]
    assert kinds(asked([G])) == ["timeout"]
    assert "took all the time there is" in asked([G])[0].error.message


def test_a_cell_may_take_as_long_as_for_the_grade():
    assert TimeLimits().cell == run.CELL_SECONDS
    assert (
        TimeLimits().first_call,
        TimeLimits().call,
    ) == (limits.FIRST_CALL_SECONDS, limits.CALL_SECONDS)
