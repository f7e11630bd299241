"""Calls functions of this process with the time limits that the grader sets.

    judge(plan, exercise, patient({"fit_line": fit_line}, Clock()))

A call that takes longer is stopped and answered with "timeout"; after `STRIKES` of them so is every
later one, at once. So is all that is asked when the time for the whole is over.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

from course_lib import limits
from course_lib.alarm import OutOfTimeError, limited
from course_lib.claims.sampling import Ask
from course_lib.deadline import Deadline
from course_lib.protocol.questions import Answer, Question


class Clock:
    """The CPU time for a whole notebook, cells and calls."""

    def __init__(self, seconds: float = limits.NOTEBOOK_SECONDS) -> None:
        self._whole = seconds
        self._deadline = Deadline(seconds, far=limits.PATIENCE)

    def at_most(self, seconds: float) -> float:
        """The seconds that one call or cell may take."""
        return 0.0 if self._deadline.over() else min(seconds, self._deadline.left)

    @property
    def over(self) -> Answer:
        """The answer to a call for which no time is left."""
        all_ = f"all the time there is, {self._whole:g} s"
        return Answer.failed("timeout", f"no answer: what ran before this call took {all_}")


def patient(
    namespace: Mapping[str, Any],
    clock: Clock | None = None,
    strikes: int = limits.STRIKES,
    inside: contextlib.AbstractContextManager[Any] | None = None,
    say: Callable[[float], None] = lambda _seconds: None,
    on_call: Callable[[int, int], None] = lambda _number, _of: None,
) -> Ask:
    """What asks the functions of `namespace`, one call after the other.

    strikes: how many of its calls may be too late. inside: what each call is made in. say: is
    told before each call how many seconds it may take, and 0 after it. on_call: is told the number
    of each call, and how many are put at a time. Raises KeyboardInterrupt where the
    function was interrupted: whoever pressed stop meant all of it, not one call.
    """
    from course_lib.protocol.perform import perform

    clock, called = clock or Clock(), set[str]()
    late: list[Answer] = []

    def one(question: Question) -> Answer:
        if len(late) >= strikes:  # it would only be late again
            return late[-1] if late else clock.over
        first = question.function not in called
        called.add(question.function)
        seconds = clock.at_most(limits.FIRST_CALL_SECONDS if first else limits.CALL_SECONDS)
        if not seconds:
            return clock.over
        say(seconds)
        within = inside or contextlib.nullcontext()
        with contextlib.suppress(OutOfTimeError), limited(seconds) as rang, within:
            answer = perform(namespace, question)
        say(0)
        if rang:
            late.append(Answer.failed("timeout", f"no answer within {seconds:.0f} seconds"))
            return late[-1]
        if answer.error is not None and answer.error.message == KeyboardInterrupt.__name__:
            raise KeyboardInterrupt(answer.error.lines)
        return answer

    def ask(questions: list[Question]) -> list[Answer]:
        answers = []
        for number, question in enumerate(questions, 1):
            on_call(number, len(questions))
            answers.append(one(question))
        return answers

    return ask
