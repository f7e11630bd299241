"""Layers `net`, `ipc`, `uts`: three namespaces that need no furnishing.

A fresh network namespace has one interface, loopback, and that is down: no address is reachable,
not even 127.0.0.1. A fresh ipc namespace has no shared memory, semaphores or queues of others; a
fresh uts namespace has its own host name.

    >>> from course_lib.grading.sandbox import namespaces
    >>> sorted(namespaces.FLAGS)
    ['ipc', 'net', 'uts']

Source: namespaces(7).
"""

from __future__ import annotations

from course_lib.grading.sandbox import kernel, user
from course_lib.grading.sandbox.probing import Probe, trial

FLAGS = {
    "net": kernel.CLONE_NEWNET,
    "ipc": kernel.CLONE_NEWIPC,
    "uts": kernel.CLONE_NEWUTS,
}
_HOST_NAME = b"sandbox"


def put_on(name: str) -> None:
    """Leave the namespace `name` for a fresh, empty one."""
    kernel.unshare(FLAGS[name])
    if name == "uts":  # it starts as a copy of the old one
        kernel.syscall("sethostname", _HOST_NAME, len(_HOST_NAME))


def available(name: str) -> Probe:
    """Whether the namespace `name` can be left, by doing so in a child."""

    def attempt() -> None:
        user.become_nobody()
        user.put_on()
        put_on(name)

    return Probe.of(trial(attempt), user.advice())
