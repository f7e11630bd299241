"""Layer `pid`: a process that sees no other, and that takes everything it started along when it ends.

The process forks into a fresh pid namespace. The old one stays outside it, holds nothing, and only waits.

    pid.put_on()     # returns in a new process with os.getpid() == 1

Source: pid_namespaces(7).
"""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable
from typing import NoReturn

from course_lib.grading.jail import descriptors, kernel, user
from course_lib.grading.jail.trial import Probe, trial


def put_on(afterwards: Callable[[], None] = lambda: None) -> None:
    """Go on as pid 1 of a fresh pid namespace; the calling process waits and calls `afterwards`.

    The waiting process leaves with the same exit status or signal. When it is killed, pid 1 is, and with it
    the whole namespace.
    """
    kernel.unshare(kernel.CLONE_NEWPID)
    alive_reader, alive_writer = os.pipe()
    child = os.fork()
    if child:
        _stand_by(child, alive_writer, afterwards)
    os.close(alive_writer)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    waiting = select.poll()
    waiting.register(alive_reader)
    if waiting.poll(0):  # hung up: the process outside died before the signal was asked for
        os._exit(1)
    os.close(alive_reader)


def _stand_by(child: int, alive: int, afterwards: Callable[[], None]) -> NoReturn:
    """Hold no descriptor but `alive`, wait for `child`, and end as it ended."""
    try:
        descriptors.close_all_but([alive])
        _, status = os.waitpid(child, 0)
        afterwards()
        code = os.waitstatus_to_exitcode(status)
        if code < 0:
            if -code != signal.SIGKILL:  # whose handling cannot be set
                signal.signal(-code, signal.SIG_DFL)
            os.kill(os.getpid(), -code)
        os._exit(code)
    finally:
        os._exit(1)


def available() -> Probe:
    """Whether a child of this process can be pid 1, by making one."""

    def attempt() -> None:
        user.become_nobody()
        user.put_on()
        put_on()
        if os.getpid() != 1:
            raise kernel.JailError(f"expected pid 1 in a fresh pid namespace, got {os.getpid()}")

    return Probe.of(trial(attempt), user.advice())
