"""What a machine has, found by trying it in a child that is thrown away.

>>> from course_lib.grading.sandbox.probing import trial
>>> trial(lambda: None), trial(lambda: [][0])
('', 'list index out of range')
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import NamedTuple

_LONGEST_REASON = 500  # bytes; a pipe holds 4096 without a reader


class Probe(NamedTuple):
    """Whether a layer can be put on here; if not, why, and what to do about it."""

    on: bool
    reason: str = ""
    advice: str = ""

    @classmethod
    def of(cls, failure: str, advice: str) -> Probe:
        """The probe of a trial that gave `failure` (empty: it went well)."""
        return cls(False, failure, advice) if failure else cls(True)


def trial(attempt: Callable[[], object]) -> str:
    """Run `attempt` in a child process. Returns "" if it went well, else what went wrong."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            attempt()
            os._exit(0)
        except BaseException as error:
            os.write(writer, str(error).encode()[:_LONGEST_REASON])
        finally:
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code < 0:
        return f"the trial was ended by {signal.Signals(-code).name}"
    return said or ("" if code == 0 else f"the trial left with status {code}")
