"""Layer `user`: a user namespace, in which nobody has rights outside it.

The process becomes user `INSIDE` of a namespace that knows no other user. If it was root it first
becomes `NOBODY`: root's id passes for the owner of /proc/sys even where it has no capability.

    >>> from course_lib.grading.sandbox import user
    >>> user.INSIDE, user.NOBODY
    (1000, 65534)

Source: user_namespaces(7).
"""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

from course_lib.grading.sandbox import kernel
from course_lib.grading.sandbox.probing import Probe, trial

CAP_SYS_ADMIN = 21  # linux/capability.h: to make and enter namespaces
INSIDE = 1000  # user and group id that a submission sees
NOBODY = 65534  # who root becomes; owns nothing on any system

_CAPABILITY_VERSION_3 = 0x20080522  # linux/capability.h
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_HIGHEST_CAPABILITY = 63
_SWITCHES = (  # sysctls that take user namespaces away, and the value that does so
    ("/proc/sys/user/max_user_namespaces", "0"),
    ("/proc/sys/kernel/unprivileged_userns_clone", "0"),
    ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"),
)


def become_nobody() -> None:
    """If this process is root, give that up for good; otherwise do nothing."""
    if os.geteuid() != 0:
        return
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # or /proc/self would still be root's


def put_on(proc_self: int | None = None) -> None:
    """Enter a fresh user namespace as `INSIDE`, with every capability in it and none outside.

    proc_self: a descriptor, to be closed, of this process's folder in a /proc that can be written;
    None: /proc/self is that folder.
    """
    uid, gid = os.geteuid(), os.getegid()
    folder = os.open("/proc/self", os.O_PATH) if proc_self is None else proc_self
    kernel.unshare(kernel.CLONE_NEWUSER)
    maps = ("setgroups", "deny"), ("uid_map", f"{INSIDE} {uid} 1"), ("gid_map", f"{INSIDE} {gid} 1")
    for name, text in maps:
        file = os.open(name, os.O_WRONLY, dir_fd=folder)
        os.write(file, text.encode())
        os.close(file)
    os.close(folder)


def drop_capabilities(*kept: int) -> None:
    """Give up all capabilities but `kept`, and the right to get any back by running a program."""
    kernel.prctl(kernel.PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in sorted(set(range(_HIGHEST_CAPABILITY + 1)) - set(kept)):
        try:
            kernel.prctl(kernel.PR_CAPBSET_DROP, capability)
        except OSError:  # EINVAL: past the last one this kernel has; EPERM: has no right to any
            break
    header = ctypes.create_string_buffer(struct.pack("<Ii", _CAPABILITY_VERSION_3, 0))
    low = sum(1 << capability for capability in kept)
    kernel.syscall("capset", header, struct.pack("<6I", low, low, 0, 0, 0, 0))
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)


def advice() -> str:
    """What to change so that user namespaces work here."""
    for path, value in _SWITCHES:
        switch = Path(path)
        if switch.exists() and switch.read_text().strip() == value:
            name = path.removeprefix("/proc/sys/").replace("/", ".")
            return f"{name} = {value} forbids user namespaces: ask root to change it with sysctl"
    return "allow user namespaces (in a container: its seccomp profile), or use another machine"


def available() -> Probe:
    """Whether a user namespace can be entered, by doing so in a child."""

    def attempt() -> None:
        become_nobody()
        put_on()
        drop_capabilities()

    return Probe.of(trial(attempt), advice())
