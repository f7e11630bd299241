"""An ordinary user grades as root does: the same layers, the same points, nothing reached."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from attack_bank import PROJECT
from canaries import ASSIGNMENT
from runs import environment

from course_lib.claims.loading import load
from course_lib.grading.sandbox import CORE
from tests.ordinary_user import USER, command_for_all, is_root

pytestmark = pytest.mark.slow

# One of each kind: files, gradebook, other people, network, processes, limits, answers, an end.
SLUGS = (
    "results_in_files", "writes_the_gradebook", "reads_other_submissions", "reads_home_folders",
    "network_tcp", "kills_everything", "raises_its_limits", "becomes_root", "leases_on_libraries",
    "forged_answers_in_advance", "shapes_of_nothing", "exits_in_a_cell",
)  # fmt: skip
SECONDS = 300.0  # twenty when nothing else runs


def test_an_ordinary_user_grades_as_root_does() -> None:
    """Where root runs the tests, as somebody else; where an ordinary user does, as that one."""
    script = [sys.executable, str(Path(__file__).with_name("graded_here.py")), *SLUGS]
    done = subprocess.run(
        command_for_all(script) if is_root() else script,
        env={**environment(), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode and "unshare" in done.stderr:
        pytest.skip(f"no mount namespace here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["user"] == (USER if is_root() else os.getuid())
    assert set(CORE) <= set(found["layers"])
    assert found["earned"] == dict.fromkeys(SLUGS, 0.0)
    assert (found["reached"], found["left_over"], found["untouched"]) == ([], [], True)
    exercises = load(ASSIGNMENT, PROJECT).exercises
    assert found["honest"] == {name: exercise.points for name, exercise in exercises.items()}
