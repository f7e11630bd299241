"""Why a cell of a student's notebook did not end well, for its author to read.

Problem.of(error).message       # "ZeroDivisionError: division by zero"
Problem.of(error).lines         # "line 2 of <module>: odds = 1 / 0"
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Why a cell did not end well, on which of its author's lines, and in which functions."""

    message: str
    lines: str = ""
    inside: tuple[str, ...] = ()
    late: bool = False

    @classmethod
    def of(cls, error: BaseException) -> Problem:
        """What an exception says."""
        from course_lib.protocol.perform import own_lines

        if isinstance(error, SyntaxError):
            where = f"line {error.lineno}: {(error.text or '').strip()}"
            return cls(f"{type(error).__name__}: {error.msg}", where)
        message = "".join(traceback.format_exception_only(error)).strip()
        return cls(message, own_lines(error.__traceback__), _inside(error))


def out_of_time(seconds: float, error: BaseException | None = None) -> Problem:
    """That a cell took more than its time; none, where the cells before it took it all."""
    late = f"is there a loop that does not end? It took more than {seconds:.0f} seconds"
    if not seconds:
        late = "the cells before it took all the time there is"
    return Problem(late, inside=_inside(error), late=True)


def _inside(error: BaseException | None) -> tuple[str, ...]:
    trace = error.__traceback__ if error is not None else None
    return tuple(frame.f_code.co_name for frame, _ in traceback.walk_tb(trace))
