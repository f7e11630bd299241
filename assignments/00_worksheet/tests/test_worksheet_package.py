"""What students install of the worksheet: its claims and the answers of its mistakes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from worksheet import ASSIGNMENT, ROOT

from course_lib.authoring.wheel import assignment_wheel, engine_wheel
from course_lib.grading.course import Course

LOOK = """
import course_lib
from course_lib.claims.loading import load
from course_lib.feedback.mistake_archive import shipped
answered = shipped(load("00_worksheet"))
print(course_lib.__file__, sum(len(each.known.mistakes) for each in answered.values()))
"""


@pytest.mark.slow  # the package's record of right answers takes half a minute
def test_students_get_the_mistakes_with_the_claims_and_their_own_check_reads_them(
    tmp_path: Path,
) -> None:
    """Installed without the course's folder, `check` knows every mistake by its sentence."""
    site = tmp_path / "site"
    for wheel in (engine_wheel(), assignment_wheel(ASSIGNMENT, ())):
        with zipfile.ZipFile(io.BytesIO(wheel.data)) as archive:
            archive.extractall(site)
    done = subprocess.run(
        [sys.executable, "-P", "-c", LOOK],
        env={**os.environ, "PYTHONPATH": str(site)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    where, count = done.stdout.split()
    assert where.startswith(str(site))
    assert int(count) == len(Course(ROOT, ASSIGNMENT.name).bank().mistakes)
