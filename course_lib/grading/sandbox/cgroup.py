"""Layer `cgroup`: memory and threads of a sandbox, counted by the kernel over all that is in it.

`rlimit` bounds what one process maps; a control group bounds what a sandbox really fills, its files
in /tmp and its kernel memory included. It can be had where control groups v2 are delegated to us:

    PLACE/course-PID/fork-server     the fork server
    PLACE/course-PID/sandbox-…      each sandbox, with its limits

PLACE is the parent of the group we are in, or the root of all groups. Nothing is moved but
ourselves.

    >>> from course_lib.grading.sandbox import cgroup
    >>> from course_lib.grading.sandbox.rlimit import Limits
    >>> cgroup.settings(Limits(memory_bytes=2**30, tmp_bytes=2**20, threads=8))["pids.max"]
    '8'

Source: Linux `Documentation/admin-guide/cgroup-v2.rst`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from course_lib.grading.sandbox import user
from course_lib.grading.sandbox.probing import Probe, trial
from course_lib.grading.sandbox.rlimit import Limits

CONTROLLERS = ("memory", "pids")
_ADVICE = (
    "start the grader where a group is delegated to it: systemd-run --user --pipe --wait "
    "-p Delegate=yes -p DelegateSubgroup=main course grade … (systemd 254 or later)"
)


def settings(limits: Limits) -> dict[str, str]:
    """What is written into a sandbox's group: file and text."""
    return {
        "memory.max": str(limits.memory_bytes + limits.tmp_bytes),
        "memory.swap.max": "0",
        "pids.max": str(limits.most_threads),
    }


def place() -> Path:
    """Where a group of ours may be made.

    Raises OSError where there are no control groups v2.
    """
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        mounted, _, kind = line.partition(" - ")
        if kind.startswith("cgroup2 "):
            root, point = mounted.split()[3:5]
            break
    else:
        raise OSError("control groups v2 are not mounted")
    lines = Path("/proc/self/cgroup").read_text().splitlines()
    own = next(line.removeprefix("0::") for line in lines if line.startswith("0::"))
    if own == root:
        return Path(point)
    return Path(point + own.removeprefix(root.rstrip("/"))).parent


def create(where: Path, controllers: Iterable[str] = CONTROLLERS) -> int:
    """Make a group in `where`, and enter it; a descriptor of its folder, to `join` and `sweep`.

    Raises OSError where `where` lacks a controller, or is not ours to change.
    """
    controllers = tuple(controllers)
    present = (where / "cgroup.controllers").read_text().split()
    missing = [name for name in controllers if name not in present]
    if missing:
        raise OSError(f"control groups v2 at {where} have no controller {', '.join(missing)}")
    enabling = " ".join(f"+{name}" for name in controllers)
    if not set(controllers) <= set((where / "cgroup.subtree_control").read_text().split()):
        (where / "cgroup.subtree_control").write_text(enabling)
    for old in where.glob("course-*"):
        _remove(old)
    base = where / f"course-{os.getpid()}"
    fork_server = base / "fork-server"
    fork_server.mkdir(parents=True)
    (base / "cgroup.subtree_control").write_text(enabling)
    (fork_server / "cgroup.procs").write_text("0")
    if os.geteuid() == 0:  # who is about to become nobody
        for path in (base, base / "cgroup.procs", fork_server / "cgroup.procs"):
            os.chown(path, user.NOBODY, user.NOBODY)
    return os.open(base, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def _remove(group: Path) -> None:
    """Remove a group that a grader has left behind; one with a process in it stays."""
    with contextlib.suppress(OSError):
        for inner in group.iterdir():
            if inner.is_dir():
                inner.rmdir()
        group.rmdir()


def join(group: int, wanted: Mapping[str, str]) -> None:
    """Enter a fresh sandbox of `group` with the limits `wanted`."""
    name = f"sandbox-{secrets.token_hex(8)}"
    os.mkdir(name, dir_fd=group)
    for file, text in {**wanted, "cgroup.procs": "0"}.items():
        descriptor = os.open(f"{name}/{file}", os.O_WRONLY, dir_fd=group)
        os.write(descriptor, text.encode())
        os.close(descriptor)


def sweep(group: int) -> None:
    """Remove the sandboxes of `group` whose processes have ended."""
    for name in os.listdir(group):
        if name.startswith("sandbox-"):
            with contextlib.suppress(OSError):  # busy: somebody is in it
                os.rmdir(name, dir_fd=group)


def put_on() -> int:
    """Make a group where that is possible and enter it; a descriptor of its folder."""
    return create(place())


def available() -> Probe:
    """Whether groups are delegated to us, by making one, and a sandbox in it, in a child."""

    def attempt() -> None:
        group = put_on()
        user.become_nobody()
        join(group, settings(Limits()))

    return Probe.of(trial(attempt), _ADVICE)
