"""Layer `landlock`: what may be read and written, decided once more by another part of the kernel.

Everything that the mounts leave visible may be read, nothing may be run, only /tmp and /dev/null
may be written; no TCP port, no signal or abstract socket beyond the sandbox, where the kernel can
forbid those.

    >>> from course_lib.grading.sandbox import landlock
    >>> landlock.rights(1) < landlock.rights(3) < landlock.rights(5)
    True

Source: Linux `Documentation/userspace-api/landlock.rst`, `include/uapi/linux/landlock.h`.
"""

from __future__ import annotations

import ctypes
import os
import struct

from course_lib.grading.sandbox import kernel
from course_lib.grading.sandbox.probing import Probe, trial

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE = 1 << 4, 1 << 5
_MAKE_DIR, _MAKE_REGULAR, _MAKE_SYMLINK = 1 << 7, 1 << 8, 1 << 12
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_ALL_OF_ABI_1 = (1 << 13) - 1
_BIND_AND_CONNECT_TCP = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11
_ABI_REFER, _ABI_TRUNCATE, _ABI_NET, _ABI_IOCTL, _ABI_SCOPE = 2, 3, 4, 5, 6

_READ = _READ_FILE | _READ_DIR
_CHANGE = _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REGULAR | _MAKE_SYMLINK
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1


def abi() -> int:
    """The version of Landlock that this kernel speaks. Raises OSError where it is not there."""
    return kernel.syscall("landlock_create_ruleset", None, 0, _CREATE_RULESET_VERSION)


def rights(version: int) -> int:
    """Every file system right that `version` knows: each is denied unless a rule grants it."""
    newer = ((_ABI_REFER, _REFER), (_ABI_TRUNCATE, _TRUNCATE), (_ABI_IOCTL, _IOCTL_DEV))
    return _ALL_OF_ABI_1 | sum(right for since, right in newer if version >= since)


def _ruleset(version: int) -> bytes:
    """struct landlock_ruleset_attr, as long as `version` knows it."""
    net = _BIND_AND_CONNECT_TCP if version >= _ABI_NET else 0
    scope = _ABSTRACT_SOCKETS_AND_SIGNALS if version >= _ABI_SCOPE else 0
    fields = [rights(version)] + [net] * (version >= _ABI_NET) + [scope] * (version >= _ABI_SCOPE)
    return struct.pack(f"<{len(fields)}Q", *fields)


def put_on(writable: str = "/tmp", newest: int = _ABI_SCOPE) -> None:
    """Restrict this thread, and all it will start, for good: call it before any other thread.

    writable: the one folder in which files may be made and changed.
    newest: what later versions add is not used.
    """
    version = min(abi(), newest)
    attributes = ctypes.create_string_buffer(_ruleset(version))
    ruleset = kernel.syscall("landlock_create_ruleset", attributes, len(attributes) - 1, 0)
    grants = {
        "/": _READ,
        writable: (_READ | _CHANGE | _REFER | _TRUNCATE) & rights(version),
        os.devnull: (_READ_FILE | _WRITE_FILE | _TRUNCATE) & rights(version),
    }
    for path, granted in grants.items():
        beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rule = ctypes.create_string_buffer(struct.pack("<Qi", granted, beneath))
        kernel.syscall("landlock_add_rule", ruleset, _RULE_PATH_BENEATH, rule, 0)
        os.close(beneath)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.syscall("landlock_restrict_self", ruleset, 0)
    os.close(ruleset)


def available() -> Probe:
    """Whether the kernel restricts a child of this process."""
    advice = "use Linux 5.13 or later with landlock among its security modules (lsm=landlock,…)"
    return Probe.of(trial(put_on), advice)
