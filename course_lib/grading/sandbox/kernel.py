"""System calls by number, for the few that neither Python nor the C library offers.

    >>> from course_lib.grading.sandbox import kernel
    >>> kernel.prctl(kernel.PR_GET_NO_NEW_PRIVS)
    0

A failed call raises `OSError` with the call's name: silence would be a hole in the sandbox.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys

from course_lib.grading.sandbox.syscalls import NUMBERS

MACHINE = platform.machine()
SUPPORTED = sys.platform == "linux" and MACHINE in NUMBERS

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000  # linux/sched.h
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24  # linux/prctl.h
PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 38, 39, 47

_libc = ctypes.CDLL(None, use_errno=True)


class SandboxError(RuntimeError):
    """A layer that this machine has could not be put on; nothing of a student's may run."""


def _checked(name: str, result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def syscall(name: str, *arguments: int | bytes | ctypes.Array[ctypes.c_char] | None) -> int:
    """Make the system call `name`; bytes and buffers go as pointers, integers as longs.

    Raises OSError when the call fails, KeyError when this machine's table lacks the name.
    """
    plain = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return _checked(name, int(_libc.syscall(ctypes.c_long(NUMBERS[MACHINE][name]), *plain)))


def unshare(flags: int) -> None:
    """Leave the namespaces in `flags` for fresh ones."""
    syscall("unshare", flags)


def prctl(option: int, *arguments: int) -> int:
    """prctl(2) with its unused arguments set to zero, as newer options demand."""
    padded = (*arguments, 0, 0, 0, 0)[:4]
    return syscall("prctl", option, *padded)


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """mount(2): the file system `kind` on `target`."""
    encoded = (source.encode(), target.encode(), kind.encode())
    syscall("mount", *encoded, flags, options.encode() or None)
