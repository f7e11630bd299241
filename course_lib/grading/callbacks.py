"""The grader's functions that a student's function may call while it answers.

    callbacks = Callbacks()
    number = callbacks.number(callback)       # goes out with the question
    body = callbacks.reply(frame.body)        # what the function asks of it, and its value

What comes in was written by a student's process: it is decoded by `protocol.wire` and counted.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from course_lib.alarm import OutOfTimeError, limited
from course_lib.protocol import wire
from course_lib.protocol.perform import KEPT, MOST_ASKED, call_here
from course_lib.protocol.questions import Answer
from course_lib.protocol.values import Callback

MOST_KEPT = 16 * 2**20  # bytes of all arguments that are kept, for one list of questions
CALLBACK = 2.0  # seconds for a callback, whatever it is given; an ordinary one takes microseconds
MAX_PROBLEM = 1000  # characters of why a callback failed


class Callbacks:
    """The grader's functions that a list of questions hands over, and what is asked of them.

    question: the number of the question that is being sent, or answered. Only callbacks of this
    question are called, so that a call is never counted for another question.
    """

    def __init__(self) -> None:
        self.question = 0
        self._all: list[tuple[int, Callback]] = []
        self._asked: list[tuple[Any, ...]] = []
        self._count, self._kept = 0, 0
        self.replied = False  # whether anything was asked so far

    def __len__(self) -> int:
        return len(self._all)

    def number(self, callback: Callback) -> int:
        """The number that stands for a callback in the bytes that cross."""
        self._all.append((self.question, callback))
        return len(self._all) - 1

    def reply(self, body: bytes) -> bytes:
        """The body of the REPLY to what is asked. Raises GarbledError for what is not a question.

        A callback that raises for what a student's function hands it makes that function fail.
        """
        which, arguments = wire.decode_asked(body)
        self._count += 1
        if not 0 <= which < len(self._all) or self._count > MOST_ASKED:
            raise wire.GarbledError("a callback that is not there, or is asked without an end")
        if len(self._asked) < KEPT and self._kept + len(body) <= MOST_KEPT:
            self._asked.append(arguments)
            self._kept += len(body)
        self.replied = True
        question, callback = self._all[which]
        if question != self.question:
            return wire.encode_reply(None, "this function belongs to another call")
        try:
            with limited(CALLBACK):
                value = call_here(callback, arguments)
            return wire.encode_reply(value)
        except OutOfTimeError:
            return wire.encode_reply(None, f"TimeoutError: it took more than {CALLBACK:g} seconds")
        except Exception as error:
            return wire.encode_reply(None, _in_words(error))

    def noted(self, answer: Answer) -> Answer:
        """The answer, with what callbacks were asked since the last one."""
        asked, count = tuple(self._asked), self._count
        self._asked, self._count = [], 0
        return replace(answer, asked=asked, count=count) if count else answer


def _in_words(error: Exception) -> str:
    """What a callback's exception says; its words may quote what a submission handed over."""
    try:
        return f"{type(error).__name__}: {error}"[:MAX_PROBLEM]
    except Exception:  # such as a whole number of too many digits to be written
        return type(error).__name__
