"""Who runs an attack, and with which Python."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

ORDINARY = 12345  # a user id without an account, and without rights to anything
SECONDS = 60.0  # for one attack; it takes a quarter of a second when nothing else runs

RunInSandbox = Callable[..., dict]


def interpreter_for_all() -> str | None:
    """A Python at least as new as ours that any user can run, or None."""
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        test = "import sys; sys.exit(sys.version_info < (3, 11))"
        command = [*as_ordinary(), python, "-c", test]
        try:
            if subprocess.run(command, capture_output=True, timeout=SECONDS).returncode == 0:
                return python
        except OSError:
            continue
    return None


def as_ordinary() -> list[str]:
    """The start of a command that runs as an ordinary user."""
    if os.geteuid() != 0:
        return []
    user = [f"--reuid={ORDINARY}", f"--regid={ORDINARY}", "--clear-groups"]
    return ["setpriv", *user, "env", "HOME=/nonexistent"]
