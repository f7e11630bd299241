"""`course list` shows what there is and how far it is; `course demo` takes an assignment's name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from course_lib.cli import main

TINY = Path(__file__).parents[1] / "courses" / "tiny"


@pytest.fixture
def tiny(tmp_path):
    """A copy of the tiny course, without what was released."""
    folder = tmp_path / "course"
    shutil.copytree(TINY, folder, ignore=shutil.ignore_patterns("__pycache__", "release"))
    return folder


def listed(root: Path) -> str:
    done = CliRunner().invoke(main, ["list", "--course", str(root)], env={"COLUMNS": "100"})
    assert done.exit_code == 0, done.output
    return done.output


def test_each_assignment_is_there_with_points_and_state(tiny):
    said = listed(tiny)
    rows = [line.split() for line in said.splitlines() if "_" in line]
    assert [row[0] for row in rows] == ["01_basics", "02_energy"]
    assert rows[1][1] == "5" and "built" in rows[1]


def test_the_state_counts_hand_ins_and_verdicts(tiny):
    (tiny / "release" / "02_energy").mkdir(parents=True)
    (tiny / "release" / "02_energy" / "energy.ipynb").write_text("{}")
    assert "released" in listed(tiny)
    for student in ("ada", "bob"):
        (tiny / "submitted" / student / "02_energy").mkdir(parents=True)
    (tiny / "verdicts" / "02_energy").mkdir(parents=True)
    (tiny / "verdicts" / "02_energy" / "ada.json").write_text("{}")
    assert "2 handed in, 1 graded" in " ".join(listed(tiny).split())


def test_question_and_minutes_come_from_the_settings(tiny):
    settings = tiny / "assignments" / "02_energy" / "course.toml"
    settings.write_text('question = "What moves?"\nminutes = 20\n')
    said = listed(tiny)
    assert "What moves?" in said and " 20 " in said


def test_an_empty_course_is_told_how_to_begin(tmp_path):
    shutil.copy(TINY / "nbgrader_config.py", tmp_path)
    assert "Next: course new" in listed(tmp_path)


def test_a_demo_of_an_assignment_that_is_not_there_is_refused(tiny):
    done = CliRunner().invoke(main, ["demo", "09_nothing", "place", "--course", str(tiny)])
    assert done.exit_code == 2
    assert "no assignment 09_nothing" in done.output and "course list" in done.output
