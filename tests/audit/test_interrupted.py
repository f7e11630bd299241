"""Ctrl-C ends an audit in one sentence, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-P", "-m", "course_lib.cli", "audit", "00_worksheet", "--jobs", "1"]


@pytest.mark.slow
def test_ctrl_c_says_so_and_leaves_no_process(course_root: Path) -> None:
    shutil.copy(ROOT / "nbgrader_config.py", course_root)
    audit = subprocess.Popen(
        [*COMMAND, "--seed", "5", "--course", str(course_root)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert audit.stderr is not None
    assert audit.stderr.readline().startswith("[1/")  # the first is judged
    assert len(_alive(audit.pid)) > 2, "the audit, its workers, their fork servers"
    os.killpg(audit.pid, signal.SIGINT)  # as a terminal does
    _, said = audit.communicate(timeout=600)
    assert audit.returncode == 130
    assert said.splitlines()[-1] == "Stopped. The same command goes on where it stopped."
    assert "Traceback" not in said
    assert _soon_gone(audit.pid)


def _alive(session: int) -> list[str]:
    """The processes of a session, by their command."""
    command = ["ps", "-eo", "sid=,args="]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in lines if line.split()[0] == str(session)]


def _soon_gone(session: int) -> bool:
    for _ in range(50):
        if not _alive(session):
            return True
        time.sleep(0.1)
    return False
