"""The gradebook on a real PostgreSQL server, with two graders that write to it at once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

import pytest
from nbgrader.api import Gradebook

from course_lib.authoring.release import tools_on_path
from tests.gradebook.conftest import WORKSHEET, CourseFolder, course, released  # noqa: F401
from tests.scale.postgres import programs, server

pytestmark = pytest.mark.skipif(programs() is None, reason="needs Debian's package postgresql")

REGISTER = """
import sys
from course_lib.grading.nbgrader.writer import Writer
writer = Writer(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
writer.register(sys.argv[2])
"""
WRITE = """
import json, sys
from course_lib.grading.nbgrader.writer import Writer
writer = Writer(sys.argv[1])
sys.stdin.readline()
for line in sys.stdin:
    writer.write(json.loads(line))
"""


@pytest.mark.slow  # six processes that import nbgrader
def test_six_graders_open_an_empty_gradebook_at_once(course: CourseFolder):  # noqa: F811
    with server() as url:
        with (course.root / "nbgrader_config.py").open("a") as file:
            file.write(f'\nc.CourseDirectory.db_url = "{url}"\n')
        command = [sys.executable, "-c", REGISTER, course.root, WORKSHEET]
        graders = [
            subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(6)
        ]
        for grader in graders:
            assert grader.stdout is not None and grader.stdout.readline() == "ready\n"
        said = [grader.communicate(timeout=600)[1] for grader in _let_go(graders)]
        assert [grader.returncode for grader in graders] == [0] * 6, said
        with tools_on_path(), Gradebook(url, "inference") as gradebook:
            cells = gradebook.find_notebook("worksheet", WORKSHEET).grade_cells
            names = [cell.name for cell in cells]
            assert names and len(names) == len(set(names))


def _let_go(graders: list[subprocess.Popen[str]]) -> list[subprocess.Popen[str]]:
    """All of them, off at the same moment."""
    for grader in graders:
        assert grader.stdin is not None
        grader.stdin.write("\n")
        grader.stdin.flush()
    return graders


@pytest.mark.slow
def test_two_graders_write_one_gradebook_at_once(course: CourseFolder):  # noqa: F811
    students = [f"s{number}" for number in range(8)]
    verdicts = []
    for number, student in enumerate(students):
        submission = course.hand_in(student, course.notebook())
        verdicts.append(course.verdict(submission, {"log_prior": 1.0 * (number % 3)}))
    with server() as url:
        with (course.root / "nbgrader_config.py").open("a") as file:
            file.write(f'\nc.CourseDirectory.db_url = "{url}"\n')
        graders = [
            subprocess.Popen(
                [sys.executable, "-c", WRITE, course.root],
                stdin=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(2)
        ]
        # Each writes its own half, and both write the two in the middle, at the same time.
        halves = verdicts[:5], list(reversed(verdicts[3:]))
        for grader, half in zip(graders, halves, strict=True):
            assert grader.stdin is not None
            grader.stdin.write("\n" + "".join(json.dumps(verdict) + "\n" for verdict in half))
            grader.stdin.flush()
        said = [grader.communicate(timeout=600)[1] for grader in graders]
        assert [grader.returncode for grader in graders] == [0, 0], said

        with tools_on_path(), Gradebook(url, "inference") as gradebook:
            written = gradebook.assignment_submissions(WORKSHEET)
            assert Counter(each.student.id for each in written) == dict.fromkeys(students, 1)
            for verdict in verdicts:
                found = gradebook.find_submission_notebook(
                    "worksheet", WORKSHEET, verdict["student"]
                )
                names = [grade.cell.name for grade in found.grades]
                assert len(names) == len(set(names))
                assert sum(grade.auto_score or 0.0 for grade in found.grades) == verdict["earned"]
