"""Where an author's code is at fault: the file and the line, as its author knows them.

Place.of(body).fault("the claim f has no docstring", "say what is true of every right answer")
fault_of(error, assignment.folder, "the hint terms failed")     # from an exception
"""

from __future__ import annotations

import inspect
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.errors import AuthorFault


@dataclass(frozen=True)
class Place:
    """A line of an author's file, for messages."""

    file: str
    line: int

    @classmethod
    def of(cls, function: Callable[..., Any]) -> Place:
        """Where a function or a class is written."""
        try:
            file = inspect.getsourcefile(function) or ""
            line = inspect.getsourcelines(function)[1]
        except (OSError, TypeError):
            return cls("an interactive cell", 0)
        return cls(as_known(file), line)

    @classmethod
    def of_caller(cls, depth: int = 2) -> Place:
        """The line from which this function's caller was called."""
        frame = sys._getframe(depth)  # `inspect.stack` looks for the source of every frame
        return cls(as_known(frame.f_code.co_filename), frame.f_lineno)

    def fault(self, problem: str, next_step: str = "") -> AuthorFault:
        """An error that names this place."""
        return AuthorFault(self.file, self.line, problem, next_step)


def as_known(file: str) -> str:
    """A path as its author knows it: from `assignments/` on, if it lies there."""
    parts = Path(file).parts
    if "assignments" in parts:
        start = len(parts) - 1 - parts[::-1].index("assignments")
        return "/".join(parts[start:])
    return "/".join(parts[-2:])


def fault_of(error: BaseException, folder: Path, problem: str) -> AuthorFault:
    """An exception in an author's code as a fault: the last line of it in `folder`."""
    file, line = as_known(str(folder)), 0
    for frame in traceback.extract_tb(error.__traceback__):
        if Path(frame.filename).is_relative_to(folder):
            file, line = as_known(frame.filename), frame.lineno or 0
    if isinstance(error, SyntaxError) and error.filename:
        file, line = as_known(error.filename), error.lineno or 0
    said = " ".join(str(error).split())[:300]
    return AuthorFault(
        file, line, f"{problem}: {type(error).__name__}: {said}", "correct that line"
    )
