"""Runs a step of nbgrader's: in its turn, quietly, and again while the gradebook is locked.

    retried(converter.start, "ada's 05_hamiltonian", lambda: gradebook_lock(db_url, folder))

nbgrader logs to the terminal, changes the working directory, and stops at a database that another
program holds for a moment.
"""

from __future__ import annotations

import io
import logging
import os
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from nbgrader.converters.base import BaseConverter, NbGraderException

from course_lib.authoring.release import tools_on_path
from course_lib.errors import GradebookError, WriteError
from course_lib.grading.nbgrader.engine_cache import engine_cache

WAITS = (0.2, 0.5, 1.0, 2.0, 4.0)  # seconds between tries at a locked gradebook; SQLite waits 5 too
Result = TypeVar("Result")


def retried(
    action: Callable[[], Result],
    what: str,
    turn: Callable[[], AbstractContextManager[None]],
    heard: io.StringIO | None = None,
) -> Result:
    """What `action` returns, run within `turn()`; tried again while the gradebook is locked.

    what: what is written, for the message. heard: where nbgrader's log goes.
    Raises WriteError, and GradebookError as it comes.
    """
    for wait in (*WAITS, None):
        start = heard.tell() if heard else 0
        try:
            with turn(), _as_it_was(), quick(), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return action()
        except GradebookError:
            raise
        except Exception as error:  # nbgrader raises what its parts raise
            log = heard.getvalue()[start:] if heard else ""
            locked = "database is locked" in log + str(error)
            if locked and wait is not None:
                time.sleep(wait)
                continue
            raise WriteError(_why(what, locked, log, error)) from error
    raise AssertionError("unreachable")


def _why(what: str, locked: bool, log: str, error: Exception) -> str:
    if locked:
        return (
            f"{what} could not be written: another program holds gradebook.db. Close it (a "
            "formgrader, a database browser, a second grading run) and run the command again."
        )
    lines = [line for line in log.splitlines() if line.strip()]
    told = [line for line in lines if "Error" in line or "Changed" in line] or lines
    reason = str(error) if not isinstance(error, NbGraderException) or not told else told[-1]
    return f"{what} could not be written: {reason.strip()}"


@contextmanager
def logging_to(converter: BaseConverter, heard: io.StringIO) -> Iterator[None]:
    """nbgrader's log into `heard`, and nowhere else."""
    log = logging.Logger("nbgrader", logging.INFO)  # not in the tree: nothing is passed on
    log.addHandler(logging.StreamHandler(heard))
    converter.log = log
    of_gradebook = logging.getLogger("tornado.application")  # a stack for what it raises as well
    before = of_gradebook.level
    of_gradebook.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        of_gradebook.setLevel(before)


@contextmanager
def quick() -> Iterator[None]:
    """Let nbgrader find its tools, and make each database engine once."""
    with tools_on_path(), engine_cache():
        yield


@contextmanager
def _as_it_was() -> Iterator[None]:
    """nbgrader changes the working directory and leaves a variable behind when it fails."""
    before = os.environ.get("NBGRADER_EXECUTION")
    folder = Path.cwd()
    try:
        yield
    finally:
        os.chdir(folder)
        os.environ.pop("NBGRADER_EXECUTION", None)
        if before is not None:
            os.environ["NBGRADER_EXECUTION"] = before
