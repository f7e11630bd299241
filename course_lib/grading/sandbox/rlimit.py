"""Layer `rlimit`: how much of the machine one submission may use.

    >>> from course_lib.grading.sandbox.rlimit import Limits
    >>> Limits(cpu_seconds=60).open_files
    256

Source: getrlimit(2). Threads are counted per user namespace since Linux 5.14: each sandbox has its
own count.
"""

from __future__ import annotations

import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path

from course_lib.grading.sandbox.probing import Probe
from course_lib.limits import MEMORY_BYTES

MiB = 2**20
_GRACE_SECONDS = 1  # between the signal that CPU time is over and the kill
_STACK_BYTES = 8 * MiB  # Linux's default, said so that a host's `unlimited` changes nothing
# TensorFlow keeps two pools and XLA one, each with a thread per core; as many again for NumPy's
# BLAS and a student's own, and some that do not grow with the machine.
_THREADS, _THREADS_PER_CORE = 64, 8
_TIMERS = 256  # and signals that wait, which the kernel counts for the user, not the sandbox alone


@dataclass(frozen=True)
class Limits:
    """What one submission's process may use at most; nothing is reserved.

    Attributes
    ----------
    cpu_seconds : int
        CPU time of all threads, in seconds. The grader's own clock is the one that decides; this
        one ends a sandbox when the grader is gone.
    memory_bytes : int
        Address space beyond what the process has when it enters: TensorFlow alone maps 1.6 GB.
    tmp_bytes, tmp_inodes : int
        Size of the sandbox's /tmp, and how many files it can hold.
    file_bytes : int
        Size of any one file.
    threads : int or None
        Threads at any one time; None: from the number of cores.
    open_files : int
        Highest descriptor number plus one.
    """

    cpu_seconds: int = 600
    memory_bytes: int = MEMORY_BYTES
    tmp_bytes: int = 64 * MiB
    tmp_inodes: int = 4096
    file_bytes: int = 64 * MiB
    threads: int | None = None
    open_files: int = 256

    @property
    def most_threads(self) -> int:
        """`threads`, or what this machine's number of cores asks for."""
        return self.threads or _THREADS + _THREADS_PER_CORE * (os.cpu_count() or 1)


def address_space() -> int:
    """The size of this process's address space, in bytes (0 where /proc does not say)."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0


def put_on(limits: Limits) -> None:
    """Lower the limits of this process for good; a stricter one that it already has stays."""
    wanted = {
        "RLIMIT_CPU": limits.cpu_seconds + _GRACE_SECONDS,
        "RLIMIT_FSIZE": limits.file_bytes,
        "RLIMIT_NPROC": limits.most_threads,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_STACK": _STACK_BYTES,
        "RLIMIT_CORE": 0,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_SIGPENDING": _TIMERS,
        "RLIMIT_RTPRIO": 0,
        "RLIMIT_NICE": 0,
    }
    if sys.platform == "linux":  # macOS accepts RLIMIT_AS and does not keep it
        wanted["RLIMIT_AS"] = address_space() + limits.memory_bytes
    for name, value in wanted.items():
        which = getattr(resource, name, None)  # macOS lacks some
        if which is None:
            continue
        _, hard = resource.getrlimit(which)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        soft = min(ceiling, limits.cpu_seconds) if name == "RLIMIT_CPU" else ceiling
        resource.setrlimit(which, (soft, ceiling))


def available() -> Probe:
    """Always there; on macOS without a limit on memory."""
    if sys.platform == "linux":
        return Probe(True)
    return Probe(True, "memory is not limited on this system")
