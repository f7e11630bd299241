"""Layer `mount`: a file system that holds what may be read, and one small place to write.

The fork server gets a new root: an empty tmpfs with read-only mounts of `bind_mounts`' paths, five
devices, a /proc of its own and a small /tmp. Each sandbox then gets a fresh /proc and a fresh /tmp
on top of those.

    sources = gather(paths)          # as whoever we are, root or not
    furnish_base(sources)           # as pid 1 of fresh user, mount and pid namespaces
    furnish_sandbox(64 * 2**20, 4096)   # as pid 1 of a fresh pid namespace, in each sandbox

Source: mount_namespaces(7), pivot_root(2), mount_setattr(2).
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from course_lib.grading.sandbox import bind_mounts as visible
from course_lib.grading.sandbox import kernel, pid, user
from course_lib.grading.sandbox.probing import Probe, trial

_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REC, _PRIVATE = 0x1, 0x2, 0x4, 0x8, 0x4000, 0x40000
_ATTR_RDONLY, _ATTR_NOSUID, _ATTR_NODEV = 0x1, 0x2, 0x4
_AT_FDCWD, _AT_EMPTY_PATH, _AT_RECURSIVE = -100, 0x1000, 0x8000
_OPEN_TREE_CLONE, _MOVE_MOUNT_F_EMPTY_PATH, _DETACH = 0x1, 0x4, 0x2

_STAGE = "/tmp"  # any folder that every system has: the new root grows on it
_HOUSE_TMP_BYTES, _HOUSE_TMP_INODES = 64 * 2**20, 4096  # Matplotlib's font cache and the like
_ROOT_BYTES = 2**20  # folders, links and one small file


_ADVICE = (
    "use Linux 5.12 or later; in a container, let it mount a fresh /proc "
    "(docker run --security-opt systempaths=unconfined --security-opt seccomp=unconfined)"
)


class Source(NamedTuple):
    """A detached mount of `path`, held by a descriptor."""

    path: Path
    descriptor: int
    is_folder: bool


class Sources(NamedTuple):
    """The mounts of a base sandbox."""

    machine: list[Source]
    course: list[Source]
    devices: list[Source]

    @property
    def in_tmp(self) -> tuple[Path, ...]:
        """What lies in /tmp, as a course that is tried out there does; whole folders only."""
        places = [*(source.path for source in self.machine), visible.COURSE]
        return tuple(path for path in places if path.is_relative_to("/tmp"))


def gather(readable: Iterable[Path]) -> Sources:
    """Take hold of everything that is to be visible.

    Root does this before it becomes nobody, who could not reach it all; anybody else after entering
    a fresh mount namespace, without which it may not.
    """
    readable = list(readable)
    return Sources(
        [_detached(path, _ATTR_NODEV) for path in visible.of_the_machine(readable)],
        [_detached(path, _ATTR_NODEV) for path in visible.of_the_course(readable)],
        [_detached(Path(path), 0) for path in visible.DEVICES],
    )


def _detached(path: Path, attributes: int) -> Source:
    flags = _OPEN_TREE_CLONE | os.O_CLOEXEC | _AT_RECURSIVE
    try:
        descriptor = kernel.syscall("open_tree", _AT_FDCWD, os.fsencode(path), flags)
    except OSError as error:
        raise OSError(error.errno, f"{path} cannot be shown to a submission: {error}") from error
    _restrict(descriptor, _ATTR_RDONLY | _ATTR_NOSUID | attributes)
    return Source(path, descriptor, path.is_dir())


def _restrict(descriptor: int, attributes: int) -> None:
    """Set `attributes` on the mount at `descriptor` and all below it."""
    settings = struct.pack("<4Q", attributes, 0, 0, 0)  # struct mount_attr: set, clear, …
    flags = _AT_EMPTY_PATH | _AT_RECURSIVE
    kernel.syscall("mount_setattr", descriptor, b"", flags, settings, len(settings))


def _seal(place: str) -> None:
    """Make the one mount at `place`, not those below it, read-only."""
    settings = struct.pack("<4Q", _ATTR_RDONLY, 0, 0, 0)
    kernel.syscall("mount_setattr", _AT_FDCWD, os.fsencode(place), 0, settings, len(settings))


def _attach(source: Source, root: str = "") -> None:
    target = Path(root + str(source.path))
    if not target.exists():
        (target if source.is_folder else target.parent).mkdir(parents=True, exist_ok=True)
        if not source.is_folder:
            target.touch()
    place = os.fsencode(target)
    kernel.syscall("move_mount", source.descriptor, b"", _AT_FDCWD, place, _MOVE_MOUNT_F_EMPTY_PATH)
    os.close(source.descriptor)
    if not os.access(target, os.R_OK | (os.X_OK if source.is_folder else 0)):
        raise PermissionError(
            f"{source.path} cannot be read by a submission, which runs as an ordinary user: "
            "chmod -R o+rX on it"
        )


def _tmpfs(target: str, size: int, inodes: int, flags: int) -> None:
    options = f"size={size},nr_inodes={inodes},mode=0755"
    kernel.mount("tmpfs", target, "tmpfs", flags, options)


def _proc(target: str, flags: int = 0) -> None:
    kernel.mount("proc", target, "proc", _NOSUID | _NODEV | _NOEXEC | flags)


def _writable_tmp(size: int, inodes: int, spared: Iterable[Path]) -> None:
    """Cover /tmp with an empty one, but leave what is `spared` where it was."""
    held = [_detached(path, _ATTR_NODEV) for path in spared]
    _tmpfs("/tmp", size, inodes, _NOSUID | _NODEV | _NOEXEC)
    for name in ("home", "shm"):  # /dev/shm leads to the second: named semaphores
        Path("/tmp", name).mkdir()
    for source in held:
        _attach(source)
    os.chdir("/tmp/home")


def enter_namespaces(readable: Iterable[Path]) -> Sources:
    """Enter fresh user and mount namespaces, and gather what is to be visible on the way."""
    if os.geteuid() == 0:
        sources = gather(readable)
        user.become_nobody()
        user.put_on()
        kernel.unshare(kernel.CLONE_NEWNS)
        return sources
    user.put_on()
    kernel.unshare(kernel.CLONE_NEWNS)
    return gather(readable)


def furnish_base(sources: Sources) -> None:
    """Build the new root, move into it, and let go of the old one."""
    kernel.mount("none", "/", "", _REC | _PRIVATE)
    _tmpfs(_STAGE, _ROOT_BYTES, _HOUSE_TMP_INODES, _NOSUID | _NODEV)
    for source in sources.machine:
        _attach(source, _STAGE)
    course = Path(_STAGE + str(visible.COURSE))
    course.mkdir(parents=True, exist_ok=True)
    _tmpfs(str(course), _ROOT_BYTES, _HOUSE_TMP_INODES, _NOSUID | _NODEV)  # covers what was bound
    for source in (*sources.course, *sources.devices):
        _attach(source, _STAGE)
    for name in ("proc", "tmp"):
        Path(_STAGE, name).mkdir(exist_ok=True)  # a course in /tmp has made it
    for name, target in (("fd", "/proc/self/fd"), ("shm", "/tmp/shm")):
        Path(_STAGE, "dev", name).symlink_to(target)
    entry = f"student:x:{user.INSIDE}:{user.INSIDE}::/tmp/home:/bin/false\n"
    (Path(_STAGE, "etc") / "passwd").write_text(entry)
    _proc(_STAGE + "/proc")  # while the old one is still there: the kernel asks to see it
    os.chdir(_STAGE)
    kernel.syscall("pivot_root", b".", b".")
    kernel.syscall("umount2", b".", _DETACH)
    os.chdir("/")
    for place in ("/", str(visible.COURSE)):
        _seal(place)
    _writable_tmp(_HOUSE_TMP_BYTES, _HOUSE_TMP_INODES, sources.in_tmp)


def furnish_sandbox(tmp_bytes: int, tmp_inodes: int, spared: Iterable[Path] = ()) -> None:
    """Cover the base's /proc with one that cannot be written, and its /tmp with an empty one.

    spared: the base's `in_tmp`, which stays.
    """
    kernel.unshare(kernel.CLONE_NEWNS)
    _proc("/proc", _RDONLY)
    _writable_tmp(tmp_bytes, tmp_inodes, spared)


def available() -> Probe:
    """Whether a fresh root, /proc and /tmp can be mounted, by doing all of it in a child."""

    def attempt() -> None:
        sources = enter_namespaces([])
        pid.put_on()
        furnish_base(sources)
        furnish_sandbox(_ROOT_BYTES, _HOUSE_TMP_INODES, sources.in_tmp)

    return Probe.of(trial(attempt), _ADVICE)
