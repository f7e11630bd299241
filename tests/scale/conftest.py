"""A course folder with a few hand-ins, and a Dask cluster of real processes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.grading.course import Course
from tests.course_folder import TINY, TINY_NOTEBOOK, copy_assignment, put_hand_ins
from tests.engine.conftest import copy_of_tiny
from tests.grading.conftest import ASSIGNMENT, ROOT, with_cells

SECONDS = 120.0  # for a process of Dask's to be up; a second when nothing else runs
SOLVED = "source/00_worksheet/worksheet.ipynb"
WRONG = "def log_prior(m, b, log_s):\n    return 1.5 * tf.math.log(1 + m**2)\n"
TINY_SOLVED = f"tests/courses/tiny/source/{TINY_NOTEBOOK}"
TINY_WRONG = {"mean": "def mean(values):\n    return float(max(values))\n"}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Three hand-ins: right, one function wrong, and one that is not JSON."""
    hand_ins = {
        "ada": with_cells(TINY_SOLVED, {}),
        "bob": with_cells(TINY_SOLVED, TINY_WRONG),
        "cyd": b"not a notebook",
    }
    return tiny_course(tmp_path / "course", hand_ins)


def tiny_course(root: Path, hand_ins: dict[str, bytes]) -> Course:
    """A course in `root` that released `TINY`, and in which these notebooks lie."""
    copy_of_tiny(root)
    return Course(put_hand_ins(root, TINY_NOTEBOOK, hand_ins), TINY)


def course_of(root: Path, hand_ins: dict[str, bytes]) -> Course:
    """A course in `root` that released the worksheet, and in which these notebooks lie."""
    shutil.copytree(ROOT / "release", root / "release")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    copy_assignment(root)
    return Course(put_hand_ins(root, f"{ASSIGNMENT}/worksheet.ipynb", hand_ins), ASSIGNMENT)


class Dask:
    """A scheduler and its workers, each a process started as one does by hand."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        # How many workers a task may end until Dask gives it back; it would wait for three.
        once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        self.scheduler = self._start("scheduler", "--port", "0", "--no-dashboard", **once)
        self.address = self._said("Scheduler at:")

    def worker(self, *options: str, path: Path | None = None) -> subprocess.Popen[bytes]:
        """Start a worker; `path` goes before all else that it imports from."""
        environment = {"PYTHONPATH": str(path)} if path else {}
        before = self._log.count("Register worker")
        process = self._start(
            "worker", self.address, "--no-dashboard", "--nthreads", "1", *options, **environment
        )
        self._wait(lambda: self._log.count("Register worker") > before, process)
        return process

    def _start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        log = (self._folder / f"dask-{arguments[0]}.log").open("ab")
        process = subprocess.Popen(
            [Path(sys.executable).with_name("dask"), *arguments],
            cwd=self._folder,
            env=os.environ | environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        self._processes.append(process)
        return process

    @property
    def _log(self) -> str:
        return (self._folder / "dask-scheduler.log").read_text()

    def _said(self, words: str) -> str:
        self._wait(lambda: words in self._log, self.scheduler)
        return self._log.partition(words)[2].split()[0]

    def _wait(self, there, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + SECONDS
        while not there():
            assert process.poll() is None and time.monotonic() < end, self._log
            time.sleep(0.1)

    def close(self) -> None:
        """End all of them, and what they started."""
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    cluster = Dask(tmp_path)
    yield cluster
    cluster.close()
