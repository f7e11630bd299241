"""Layer `pid`: a process that sees no other, and whose end is the end of all it started.

    >>> import os
    >>> from course_lib.grading.sandbox import pid
    >>> child = pid.fork(fresh=False)    # with fresh=True the child's os.getpid() is 1
    >>> if child == 0:
    ...     os._exit(0)
    >>> os.waitpid(child, 0)[1]
    0

Source: pid_namespaces(7).
"""

from __future__ import annotations

import os
import select
import signal
from typing import NoReturn

from course_lib.grading.sandbox import descriptors, kernel, user
from course_lib.grading.sandbox.probing import Probe, trial


def fork(*, fresh: bool) -> int:
    """os.fork(); with `fresh`, the child is pid 1 of a fresh pid namespace.

    The calling process needs CAP_SYS_ADMIN in its user namespace, and /proc.
    """
    if not fresh:
        return os.fork()
    own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    try:
        kernel.unshare(kernel.CLONE_NEWPID)
        child = os.fork()
        if child:  # or the next fork would go into the same namespace
            kernel.syscall("setns", own, kernel.CLONE_NEWPID)
        return child
    finally:
        os.close(own)


def die_with_parent() -> None:
    """Have this process killed when the one that started it ends. Only Linux can do so."""
    if kernel.SUPPORTED:
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


def put_on(while_open: int | None = None) -> None:
    """Go on as pid 1 of a fresh pid namespace; the calling process only waits.

    It leaves with the same exit status or signal. When it is killed, pid 1 is, and with it the
    whole namespace; so it is when the other end of the socket `while_open` closes.
    """
    alive_reader, alive_writer = os.pipe()
    kernel.unshare(kernel.CLONE_NEWPID)
    child = os.fork()
    if child:
        _stand_by(child, alive_writer, while_open)
    os.close(alive_writer)
    die_with_parent()
    waiting = select.poll()
    waiting.register(alive_reader)
    if waiting.poll(0):  # hung up: the process outside died before the signal was asked for
        os._exit(1)
    os.close(alive_reader)


def _stand_by(child: int, alive: int, while_open: int | None) -> NoReturn:
    """Hold no other descriptor, wait for `child` or for a hang-up, and end as it ended."""
    try:
        held = [] if while_open is None else [while_open]
        descriptors.close_all_but([alive, *held])
        waiting = select.poll()
        waiting.register(os.pidfd_open(child), select.POLLIN)
        for descriptor in held:
            waiting.register(descriptor, 0)  # a hang-up is told without being asked for
        if while_open in [descriptor for descriptor, _ in waiting.poll()]:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
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
            raise kernel.SandboxError(f"expected pid 1 in a fresh pid namespace, got {os.getpid()}")

    return Probe.of(trial(attempt), user.advice())
