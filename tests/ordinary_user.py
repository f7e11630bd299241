"""Grading as an ordinary user where root runs the tests, by a Python that only root may reach.

    command_for_all([sys.executable, "script.py"])      # the same command, as a user without rights

Root's own folder is closed to others, and an interpreter or a checkout may lie in it. In a mount
namespace of the command's own, each closed folder is covered by an open one, in which only Python,
its libraries and this project are there again, where they were.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).parent.parent
USER = 12345  # without an account, and without rights to anything
NEEDED = (Path(sys.base_prefix), Path(sys.prefix), PROJECT)


def closed(path: Path) -> Path | None:
    """The outermost folder on the way to `path` that others may not pass; None if there is none."""
    for folder in reversed(path.resolve().parents):
        if not folder.stat().st_mode & 0o001:
            return folder
    return None


def opening(needed: Iterable[Path]) -> list[str]:
    """Shell lines that make `needed` reachable by everybody, in a mount namespace of their own."""
    lines = []
    by_folder: dict[Path, list[Path]] = {}
    for path in needed:
        if (folder := closed(path)) is not None:
            by_folder.setdefault(folder, []).append(path.resolve())
    for folder, paths in by_folder.items():
        lines += ["held=$(mktemp -d)", 'mount -t tmpfs -o mode=755 none "$held"']
        for number, path in enumerate(paths):
            lines += [
                f'mkdir "$held/{number}"',
                f'mount --bind {shlex.quote(str(path))} "$held/{number}"',
            ]
        lines.append(f"mount -t tmpfs -o mode=755 none {shlex.quote(str(folder))}")
        for number, path in enumerate(paths):
            place = shlex.quote(str(path))
            lines += [f"mkdir -p {place}", f'mount --move "$held/{number}" {place}']
        lines += ['umount "$held"', 'rmdir "$held"']
    return lines


def command_for_all(command: list[str]) -> list[str]:
    """`command` as the user USER; root only. Its environment is the caller's, but for HOME."""
    user = [f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "env", "HOME=/nonexistent"]
    last = shlex.join(["exec", "setpriv", *user, *command])
    script = "\n".join(["set -e", *opening(NEEDED), f"cd {shlex.quote(str(PROJECT))}", last])
    return ["unshare", "--mount", "--propagation", "private", "sh", "-c", script]


def is_root() -> bool:
    """Whether there is somebody else to become."""
    return os.geteuid() == 0
