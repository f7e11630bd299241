"""`nbgrader autograde` and `generate_feedback` alone hand on no file but the notebook."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from attack_bank import attacks, solved_notebook
from canaries import ASSIGNMENT, Canaries
from runs import environment

from course_lib.grading.nbgrader.exchange import STAMP
from course_lib.grading.nbgrader.writer import Writer

pytestmark = pytest.mark.slow

BESIDE = ("link_to_a_secret", "startup_files_beside", "verdict_beside")
TIME = "2026-02-03 04:05:06 UTC"


def test_what_lies_beside_a_notebook_is_not_handed_on(tmp_path: Path) -> None:
    bank = {attack.slug: attack for attack in attacks()}
    with Canaries(tmp_path / "course", graded=True) as canaries:
        course, released = canaries.course, Path("release", ASSIGNMENT, "worksheet.ipynb")
        for slug in BESIDE:
            place = canaries.submit(f"m-{slug}", (canaries.course / released).read_bytes())
            bank[slug].prepare(place, canaries.places)
        (canaries.submit("ada", json.dumps(solved_notebook()).encode()) / STAMP).write_text(TIME)
        Writer(course).register(ASSIGNMENT)
        for command in (["autograde", ASSIGNMENT, "--create"], ["generate_feedback", ASSIGNMENT]):
            done = subprocess.run(
                [sys.executable, "-m", "nbgrader", *command],
                cwd=course,
                env={**environment(), "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )
            assert done.returncode == 0, done.stderr
        for folder, name in (("autograded", "worksheet.ipynb"), ("feedback", "worksheet.html")):
            found = {p.relative_to(course / folder) for p in (course / folder).rglob("*.*")}
            students = ("ada", *(f"m-{slug}" for slug in BESIDE))
            expected = {Path(student, ASSIGNMENT, name) for student in students}
            stamps = {Path("ada", ASSIGNMENT, STAMP)}  # nbgrader grades anew what is younger
            assert found - stamps == expected
            assert not any(canaries.secret in p.read_text() for p in (course / folder).rglob("*.*"))
        assert (course / "autograded" / "ada" / ASSIGNMENT / STAMP).read_text() == TIME
