"""Descriptors and environment: what a process inherits without having asked for it.

    >>> from course_lib.grading.sandbox import descriptors
    >>> list(descriptors.gaps([0, 1, 2, 7]))
    [(3, 6), (8, 2147483647)]

Not a layer that can be missing: it is always on.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from course_lib.grading.sandbox import kernel

STANDARD = (0, 1, 2)
_HIGHEST = 2**31 - 1  # of a C int
_ENV_START = 47  # field 50 of proc(5)'s stat, counted from the one after the name; 51 is its end


def gaps(kept: Collection[int]) -> Iterator[tuple[int, int]]:
    """The ranges, first and last included, of all descriptors that are not `kept`."""
    first = 0
    for descriptor in [*sorted(kept), _HIGHEST + 1]:
        if descriptor > first:
            yield first, descriptor - 1
        first = descriptor + 1


def close_all_but(kept: Collection[int]) -> None:
    """Close every descriptor of this process but those in `kept`."""
    for first, last in gaps(kept):
        if kernel.SUPPORTED:
            kernel.syscall("close_range", first, last, 0)
        else:
            os.closerange(first, min(last, os.sysconf("SC_OPEN_MAX")) + 1)


def redirect(stdout: int | None, stderr: int | None) -> None:
    """Put /dev/null at 0, and `stdout`, `stderr` (None: /dev/null) at 1 and 2."""
    null = os.open(os.devnull, os.O_RDWR)
    given = [null, *(null if end is None else end for end in (stdout, stderr))]
    copies = [os.dup(end) for end in given]  # first: stdout may be 2, and stderr 1
    for standard, copy in zip(STANDARD, copies, strict=True):
        os.dup2(copy, standard)
        os.close(copy)
    os.close(null)


def replace_environment(variables: Mapping[str, str]) -> None:
    """Let `variables` be the whole environment, and overwrite the one the process started with.

    /proc/self/environ would go on showing the old one, with whatever secret it held.
    """
    os.environ.clear()
    os.environ.update(variables)
    if kernel.SUPPORTED:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        start, end = (int(field) for field in fields[_ENV_START : _ENV_START + 2])
        ctypes.memset(start, 0, end - start)
