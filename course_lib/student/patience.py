"""Asks a function that lives in this process, and does not wait for ever.

    judge(plan, exercise, patient({"fit_line": fit_line}))

A call that does not end is the one mistake that could keep its author waiting: after CALL_SECONDS
it is answered for, and so is every later one, at once.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import types
from collections.abc import Iterator, Mapping
from typing import Any

from course_lib.calls.answer import Answer, Call
from course_lib.checks.judging import Ask

CALL_SECONDS = 15.0  # what the grader allows a first call, which may trace and compile


class OutOfTimeError(BaseException):
    """Not an Exception, so that `except Exception` in a cell does not swallow it."""


def patient(namespace: Mapping[str, Any]) -> Ask:
    """What asks the functions of `namespace`, one call after the other.

    Raises KeyboardInterrupt where the function was interrupted: whoever pressed stop meant all of
    it, not one call.
    """
    from course_lib.calls.perform import perform

    late: list[Call] = []
    no_answer = f"no answer within {CALL_SECONDS:.0f} seconds"

    def one(call: Call) -> Answer:
        if late:  # it would only be late again
            return Answer.failed("timeout", no_answer)
        with contextlib.suppress(OutOfTimeError), limited(CALL_SECONDS) as clock:
            answer = perform(namespace, call)
        if clock:
            late.append(call)
            return Answer.failed("timeout", no_answer)
        if answer.error is not None and answer.error.message == KeyboardInterrupt.__name__:
            raise KeyboardInterrupt(answer.error.lines)
        return answer

    return lambda calls: [one(call) for call in calls]


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[list[str]]:
    """Raise OutOfTimeError in the block after `seconds`; what is yielded is then not empty.

    It is raised again each second, for code that catches everything. Without an alarm clock
    (Windows, or a thread that is not the main one) there is no limit but Ctrl-C.
    """
    rang: list[str] = []
    main = threading.current_thread() is threading.main_thread()
    if not main or not hasattr(signal, "setitimer"):
        yield rang
        return

    def ring(_signal: int, _frame: types.FrameType | None) -> None:
        rang.append("late")
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield rang
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
