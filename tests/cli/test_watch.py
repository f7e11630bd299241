"""`course watch`: a real process beside a notebook that is saved again and again."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import RELEASED, SOLVED, handed_in, run

WAITING = "Waiting for the next save"
LONG = 400.0  # seconds: TensorFlow is imported first, on a machine that may be busy

BY_S = """
# %% grad_log_like_log_s
def grad_log_like_log_s(x, y, m, b, log_s):
    return grad_log_like(x, y, m, b, tf.exp(log_s))
"""
AVERAGED = """
# %% tf_log_like
def tf_log_like(x, y, m, b, s):
    z = (y - m * x - b) / s
    return -0.5 * tf.reduce_mean(z**2 + tf.math.log(2.0 * np.pi * s**2))
"""


class Watching:
    """`course watch` on a notebook, and the lines that it prints."""

    def __init__(self, path: Path, environment: dict[str, str]) -> None:
        command = [sys.executable, "-P", "-m", "course_lib.cli", "watch", str(path)]
        self.process = subprocess.Popen(
            command,
            cwd=path.parent,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if not line.endswith(" …\n"):  # what it is at, on a busy machine
                self._lines.put(line)

    def until(self, words: str) -> str:
        """Everything up to the line that has `words` in it."""
        said, end = "", time.monotonic() + LONG
        while words not in said:
            try:
                said += self._lines.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no {words!r} in:\n{said}") from None
        return said


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return handed_in(AVERAGED + BY_S, tmp_path)


@pytest.fixture
def watching(notebook: Path, installed: dict[str, str]) -> Iterator[Watching]:
    watched = Watching(notebook, installed)
    yield watched
    watched.process.kill()
    watched.process.wait()


@pytest.mark.slow
def test_each_save_shows_the_next_thing_to_fix_until_nothing_is_left(
    watching: Watching, notebook: Path, tmp_path: Path
) -> None:
    first = watching.until(WAITING)
    assert "✗ does not hold: Two halves of the data add up to the whole." in first
    assert "averages" in first  # the mistake is a known one, and is named
    assert "grad_log_like_log_s" not in first  # one thing at a time
    assert "of 8 exercises" in first

    text = notebook.read_text()
    notebook.write_text(text[:5000])  # half written: nothing is said of it yet
    time.sleep(0.5)
    handed_in(BY_S, tmp_path)
    second = watching.until(WAITING)
    assert "is not JSON" not in second
    assert "grad_log_like_log_s: " in second and "tf_log_like: " not in second
    assert "7 of 8 exercises" in second

    notebook.write_text("{")
    broken = watching.until(WAITING)
    assert "cannot be checked" in broken and "is not JSON" in broken

    start = time.monotonic()
    notebook.write_bytes(SOLVED.read_bytes())
    assert "18/18 points, 8 of 8 exercises. Nothing is left to fix." in watching.until("fix.")
    print(f"the last save was answered in {time.monotonic() - start:.1f} s")
    assert watching.process.wait(LONG) == 0


@pytest.mark.slow
def test_ctrl_c_ends_it_and_leaves_nothing_behind(watching: Watching) -> None:
    watching.until("points, ")
    children = Path(f"/proc/{watching.process.pid}/task/{watching.process.pid}/children")
    left = children.read_text().split()
    assert left  # the process that is kept ready
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(LONG) == 130
    watching.until("Stopped watching.")
    assert not [pid for pid in left if Path(f"/proc/{pid}").exists()]


@pytest.mark.slow
def test_a_save_while_it_runs_starts_it_again(tmp_path: Path, installed: dict[str, str]) -> None:
    slow = "\n# %% after log_prob\nimport time\ntime.sleep(15)\n"
    notebook = handed_in(slow, tmp_path)
    watched = Watching(notebook, installed)
    try:
        watched.until("worksheet.ipynb at")
        time.sleep(8.0)
        notebook.write_bytes(RELEASED.read_bytes())
        said = watched.until(WAITING)
        assert "tf_log_like is next: write its cell" in said
        assert "0/18 points, 0 of 8 exercises" in said
    finally:
        watched.process.kill()
        watched.process.wait()


@pytest.mark.parametrize("text", ["{}", "no notebook", json.dumps({"cells": []})])
def test_what_is_no_notebook_to_begin_with_is_said_at_once(tmp_path: Path, text: str) -> None:
    path = tmp_path / "notes.ipynb"
    path.write_text(text)
    done = run("watch", path, cwd=tmp_path)
    assert done.returncode == 2
    assert "Next:" in done.stderr and "Traceback" not in done.stderr
