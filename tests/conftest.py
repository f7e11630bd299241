"""What every test of the project shares; `fork_server` comes from `course_lib.pytest_plugin`."""

from __future__ import annotations

import signal


def pytest_configure() -> None:
    """Ctrl-C can be tested: a shell that starts a suite in the background lets it ignore that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
