"""The `course` command as people run it, and notebooks to run it on."""

from __future__ import annotations

import fcntl
import functools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
RELEASED = ROOT / "release" / "00_worksheet" / "worksheet.ipynb"
SOLVED = ROOT / "source" / "00_worksheet" / "worksheet.ipynb"


def run(*arguments, cwd, env=None, timeout=600):
    """`course ARGUMENTS` in a process of its own."""
    command = [sys.executable, "-P", "-m", "course_lib.cli", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, timeout=timeout
    )


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """An environment in which the worksheet's package for students is installed.

    It takes half a minute to make, so one does for all workers of a run.
    """
    from course_lib.authoring.package import package_files
    from course_lib.claims.loading import INSTALLED, load

    temporary = tmp_path_factory.getbasetemp()
    site = (temporary.parent if "PYTEST_XDIST_WORKER" in os.environ else temporary) / "site"
    folder = site / INSTALLED / "00_worksheet"
    with site.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            for name, data in package_files(load("00_worksheet", ROOT)).items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
    return {**os.environ, "PYTHONPATH": str(site)}


@pytest.fixture
def course(tmp_path):
    """Run `course ARGUMENTS` in the test's folder."""
    return functools.partial(run, cwd=tmp_path)


def handed_in(edits, folder):
    """A notebook with one student's edits, in the form of a cohort's file."""
    from course_lib.demo.cohort import HandIn

    released, solved = json.loads(RELEASED.read_text()), json.loads(SOLVED.read_text())
    path = folder / "worksheet.ipynb"
    path.write_text(json.dumps(HandIn.parse("test", edits).notebook(released, solved)))
    return path
