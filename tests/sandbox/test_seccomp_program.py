"""The filter's program, run step by step for both machines; its numbers and the kernel's."""

from __future__ import annotations

import errno
import re
import struct
from pathlib import Path

import pytest

from course_lib.grading.sandbox import seccomp
from course_lib.grading.sandbox.syscalls import ALLOWED, NEWEST, NUMBERS

MACHINES = ("x86_64", "aarch64")
ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7, "i386": 0x40000003}
ALLOW, KILL = 0x7FFF0000, 0x80000000
CLONE_THREAD, CLONE_NEWUSER, CLONE_NEWNS = 0x00010000, 0x10000000, 0x00020000
PTHREAD_CREATE = 0x003D0F00  # what the C library passes for a thread
SIGCHLD = 17  # what fork passes

REFUSED = {  # name: numbers on x86_64 and aarch64
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "socket": (41, 198),
    "connect": (42, 203),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "keyctl": (250, 219),
    "userfaultfd": (323, 282),
    "memfd_create": (319, 279),
    "process_vm_writev": (311, 271),
    "io_uring_setup": (425, 425),
    "kexec_load": (246, 104),
    "personality": (135, 92),
    "chroot": (161, 51),
    "setuid": (105, 146),
    "sendmsg": (46, 211),
}
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


def verdict(program: bytes, arch: int, number: int, arguments: tuple[int, ...] = ()) -> int:
    """What the kernel would do with this call: a small interpreter of classic BPF."""
    words = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("<iIQ6Q", number, arch, 0, *words)
    accumulator, at = 0, 0
    while True:
        operation, yes, no, operand = struct.unpack_from("<HBBI", program, 8 * at)
        at += 1
        if operation == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, operand)
        elif operation == 0x54:
            accumulator &= operand
        elif operation == 0x15:
            at += yes if accumulator == operand else no
        elif operation == 0x25:
            at += yes if accumulator > operand else no
        elif operation == 0x06:
            return operand
        else:
            raise AssertionError(f"an instruction that the filter should not have: {operation:#x}")


def refused(number: int) -> int:
    return 0x00050000 | number


@pytest.mark.parametrize("machine", MACHINES)
def test_listed_calls_pass_and_all_others_are_refused(machine: str) -> None:
    program = seccomp.program(machine)
    numbers = NUMBERS[machine]
    allowed = {numbers[name] for name in ALLOWED if name in numbers}
    filtered = ("clone", "clone3", "fcntl", "ioctl", "prctl", "socketpair")
    by_argument = {numbers[name] for name in filtered}
    for number in set(range(NEWEST + 1)) - by_argument:
        expected = ALLOW if number in allowed else refused(errno.EPERM)
        assert verdict(program, ARCH[machine], number) == expected, f"system call {number}"


@pytest.mark.parametrize("name", REFUSED)
def test_what_reaches_out_is_refused_on_both_machines(name: str) -> None:
    for machine, number in zip(MACHINES, REFUSED[name], strict=True):
        program = seccomp.program(machine)
        assert verdict(program, ARCH[machine], number) == refused(errno.EPERM), machine


@pytest.mark.parametrize("machine", MACHINES)
def test_calls_of_another_architecture_end_the_process(machine: str) -> None:
    program = seccomp.program(machine)
    for other in set(ARCH.values()) - {ARCH[machine]}:
        assert verdict(program, other, NUMBERS[machine]["read"]) == KILL


@pytest.mark.parametrize("machine", MACHINES)
def test_calls_that_are_newer_than_the_list_do_not_exist(machine: str) -> None:
    program = seccomp.program(machine)
    for number in (NEWEST + 1, 0x40000000, 0x40000000 | 59, 0xFFFFFFFF):  # the middle two are x32
        number = number - 2**32 if number >= 2**31 else number
        assert verdict(program, ARCH[machine], number) == refused(errno.ENOSYS), number


@pytest.mark.parametrize("machine", MACHINES)
def test_clone_makes_threads_and_nothing_else(machine: str) -> None:
    program, clone = seccomp.program(machine), NUMBERS[machine]["clone"]
    assert verdict(program, ARCH[machine], clone, (PTHREAD_CREATE,)) == ALLOW
    for flags in (0, SIGCHLD, CLONE_NEWUSER, PTHREAD_CREATE | CLONE_NEWNS):
        assert verdict(program, ARCH[machine], clone, (flags,)) == refused(errno.EPERM), hex(flags)
    clone3 = NUMBERS[machine]["clone3"]
    assert verdict(program, ARCH[machine], clone3) == refused(errno.ENOSYS)


@pytest.mark.parametrize("machine", MACHINES)
def test_prctl_ioctl_fcntl_and_socketpair_pass_with_harmless_arguments_only(machine: str) -> None:
    program, numbers = seccomp.program(machine), NUMBERS[machine]
    cases = {
        ("prctl", (15,)): ALLOW,  # PR_SET_NAME
        ("prctl", (1,)): refused(errno.EPERM),  # PR_SET_PDEATHSIG
        ("prctl", (22,)): refused(errno.EPERM),  # PR_SET_SECCOMP
        ("ioctl", (0, 0x5401)): ALLOW,  # TCGETS
        ("ioctl", (0, 0x5412)): refused(errno.EPERM),  # TIOCSTI: type into a terminal
        ("ioctl", (0, 0x1_0000_5412)): refused(errno.EPERM),  # the same, above 32 bits
        ("fcntl", (3, 1030)): ALLOW,  # F_DUPFD_CLOEXEC
        ("fcntl", (3, 1024)): refused(errno.EPERM),  # F_SETLEASE
        ("fcntl", (3, 8)): refused(errno.EPERM),  # F_SETOWN
        ("socketpair", (1,)): ALLOW,  # AF_UNIX
        ("socketpair", (2,)): refused(errno.EPERM),  # AF_INET
    }
    for (name, arguments), expected in cases.items():
        assert verdict(program, ARCH[machine], numbers[name], arguments) == expected, name


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_those_of_the_kernels_headers(machine: str) -> None:
    header = HEADERS[machine]
    if not header.exists():
        pytest.skip(f"no {header}: install the kernel's headers (linux-libc-dev)")
    pattern = re.compile(r"#define __NR(?:3264)?_(\w+)\s+(\d+)$", re.MULTILINE)
    known = {name: int(number) for name, number in pattern.findall(header.read_text())}
    if machine == "aarch64":  # the generic table's name for a 64-bit machine's call
        known["newfstatat"] = known.pop("fstatat")
    for name, number in NUMBERS[machine].items():
        assert (name, number) == (name, known.get(name)), machine
