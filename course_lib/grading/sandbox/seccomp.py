"""Layer `seccomp`: the system calls that a sandbox can still make.

A short program that the kernel runs before each call: calls on the list pass, a few pass with
certain arguments only (a thread but no process, a socket pair but no socket), all others are
refused.

    >>> from course_lib.grading.sandbox import seccomp
    >>> len(seccomp.program("x86_64")) % 8      # whole 8-byte instructions
    0

Source: Linux `Documentation/userspace-api/seccomp_filter.rst`, `include/uapi/linux/bpf_common.h`.
"""

from __future__ import annotations

import ctypes
import errno
import struct

from course_lib.grading.sandbox import kernel
from course_lib.grading.sandbox.probing import Probe, trial
from course_lib.grading.sandbox.syscalls import ALLOWED, NEWEST, NUMBERS

_LOAD, _AND, _IF_EQUAL, _IF_ABOVE, _RETURN = 0x20, 0x54, 0x15, 0x25, 0x06  # BPF operations
_NUMBER, _MACHINE, _ARGUMENT = 0, 4, (16, 24, 32)  # offsets in struct seccomp_data, low words
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # linux/audit.h
_SECCOMP_SET_MODE_FILTER = 1

_CLONE_THREAD = 0x00010000
_CLONE_NEW_ANYTHING = 0x7E020000  # every CLONE_NEW* namespace bit
_AF_UNIX = 1

# F_{DUPFD, GETFD, SETFD, GETFL, SETFL, GETLK, SETLK, SETLKW, DUPFD_CLOEXEC}. Not among them: leases
# (whoever opens that library waits), signals, and pipes of a megabyte, which no limit counts.
_FCNTLS = (0, 1, 2, 3, 4, 5, 6, 7, 1030)
# isatty, window size, non-blocking, close-on-exec, bytes waiting: asm-generic/ioctls.h
_IOCTLS = (0x5401, 0x5413, 0x5421, 0x5450, 0x5451, 0x541B)
# PR_{GET_PDEATHSIG, GET_DUMPABLE, SET_NAME, GET_NAME, GET_SECCOMP, CAPBSET_READ, GET_TIMERSLACK,
# GET_NO_NEW_PRIVS, SET_VMA}: what names a thread or a mapping, or only asks
_PRCTLS = (2, 3, 15, 16, 21, 23, 30, 39, 0x53564D41)

Instruction = tuple[int, int, int, int]  # operation, jump if true, jump if false, operand


def _answer(number: int) -> Instruction:
    return (_RETURN, 0, 0, _ERRNO | number)


def _one_of(argument: int, values: tuple[int, ...], mask: int | None = None) -> list[Instruction]:
    """Allow when the argument, masked, is one of `values`; refuse otherwise."""
    lines: list[Instruction] = [(_LOAD, 0, 0, _ARGUMENT[argument])]
    if mask is not None:
        lines.append((_AND, 0, 0, mask))
    for value in values:
        lines += [(_IF_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ALLOW)]
    return [*lines, _answer(errno.EPERM)]


def program(machine: str) -> bytes:
    """The filter for `machine` ("x86_64" or "aarch64"): 8-byte instructions, little-endian.

    Another architecture's calls (32-bit ones) end the process; x32 calls have numbers above every
    known one and so do not exist.
    """
    numbers = NUMBERS[machine]
    filtered = {
        "clone": _one_of(0, (_CLONE_THREAD,), _CLONE_THREAD | _CLONE_NEW_ANYTHING),
        "clone3": [_answer(errno.ENOSYS)],  # its flags lie in memory: the C library uses clone
        "fcntl": _one_of(1, _FCNTLS),
        "ioctl": _one_of(1, _IOCTLS),
        "prctl": _one_of(0, _PRCTLS),
        "socketpair": _one_of(0, (_AF_UNIX,)),
    }
    lines: list[Instruction] = [
        (_LOAD, 0, 0, _MACHINE),
        (_IF_EQUAL, 1, 0, _AUDIT_ARCH[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    for name in ALLOWED:
        if name in numbers:
            lines += [(_IF_EQUAL, 0, 1, numbers[name]), (_RETURN, 0, 0, _ALLOW)]
    for name, body in filtered.items():
        lines += [(_IF_EQUAL, 0, len(body), numbers[name]), *body]
    lines += [(_IF_ABOVE, 0, 1, NEWEST), _answer(errno.ENOSYS), _answer(errno.EPERM)]
    return b"".join(struct.pack("<HBBI", *line) for line in lines)


# Once, when the fork server imports this file, rather than in each of its forks.
_PROGRAM = program(kernel.MACHINE) if kernel.SUPPORTED else b""


def put_on() -> None:
    """Put the filter on this process and the threads it will have; it can never be taken off."""
    code = ctypes.create_string_buffer(_PROGRAM)
    header = struct.pack("@HP", len(_PROGRAM) // 8, ctypes.addressof(code))  # struct sock_fprog
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.syscall("seccomp", _SECCOMP_SET_MODE_FILTER, 0, header)


def available() -> Probe:
    """Whether the kernel takes the filter, by putting it on a child."""
    failure = trial(put_on)
    return Probe.of(failure, "use a kernel with CONFIG_SECCOMP_FILTER, on x86_64 or aarch64")
