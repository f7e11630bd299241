"""What was released stays until there is something in its place. Real nbgrader, the tiny course."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course_lib.authoring import build, release
from course_lib.authoring.beside import swap
from course_lib.authoring.release import generate
from course_lib.errors import AuthoringError, GradebookError
from tests.engine.conftest import copy_of_tiny

A = "02_energy"
BIN = Path(sys.executable).parent
QUESTION = (
    '\n# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "why", '
    '"locked": false, "points": 1, "schema_version": 3, "solution": true, "task": false}\n'
    "# Because.\n"
)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose gradebook has a release, and a hand-in."""
    root = copy_of_tiny(tmp_path_factory.mktemp("graded") / "course")
    generate(A, root)
    with book(root) as gradebook:
        gradebook.add_student("ada")
        gradebook.add_submission(A, "ada")
    return root


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    """A copy of it, to break."""
    return Path(shutil.copytree(graded, tmp_path / "course"))


def book(root: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{root}/gradebook.db", "tiny")


def released(root: Path) -> dict[str, bytes]:
    """All that lies in `release/`."""
    files = (path for path in (root / "release").rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def edit(root: Path, old: str, new: str) -> None:
    twin = root / "source" / A / "energy.nb.py"
    text = twin.read_text()
    assert old in text
    twin.write_text(text.replace(old, new, 1))


def add_question(root: Path) -> None:
    twin = root / "source" / A / "energy.nb.py"
    twin.write_text(twin.read_text() + QUESTION)


def nbgrader(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / "nbgrader", *arguments],
        cwd=root,
        env=os.environ | {"PATH": f"{BIN}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def test_a_question_added_after_grading_is_refused_in_a_sentence_with_a_next_step(course: Path):
    before = released(course)
    add_question(course)
    with pytest.raises(GradebookError) as refused:
        release(A, course)
    said = str(refused.value)
    assert "`why` is new" in said and f"nbgrader db assignment remove {A} --force" in said
    assert "\n" not in said
    assert released(course) == before


def test_a_question_removed_and_a_notebook_renamed_are_refused_as_well(course: Path):
    source, before = course / "source" / A, released(course)
    (source / "energy.nb.py").rename(source / "power.nb.py")
    (source / "energy.ipynb").unlink()
    with pytest.raises(GradebookError, match=r"power\.ipynb is new, energy\.ipynb is gone"):
        release(A, course)
    assert released(course) == before


@pytest.mark.slow
def test_the_next_step_that_is_named_leads_to_a_release(course: Path):
    add_question(course)
    removed = nbgrader(course, "db", "assignment", "remove", A, "--force")
    assert removed.returncode == 0, removed.stderr
    assert release(A, course).manual_points == 1


def test_nbgraders_own_command_keeps_the_old_release_where_it_refuses(course: Path):
    before = released(course)
    add_question(course)
    build(A, course)
    refused = nbgrader(course, "generate_assignment", A, "--force")
    assert refused.returncode != 0
    assert released(course) == before
    assert sorted(path.name for path in (course / "release").iterdir()) == ["01_basics", A]


@pytest.mark.slow
def test_nbgraders_own_command_renews_a_release_only_when_told_to(course: Path):
    before = released(course)
    edit(course, "# # ", "# # Another ")
    build(A, course)
    assert nbgrader(course, "generate_assignment", A).returncode == 0
    assert released(course) == before
    assert nbgrader(course, "generate_assignment", A, "--force").returncode == 0
    assert released(course) != before


def test_an_audit_that_refuses_leaves_the_old_release_and_archive(course: Path):
    first = release(A, course)
    before, archive = released(course), first.archive.read_bytes()
    edit(course, "# # ", "# # Another ")

    def audit() -> None:
        raise AuthoringError("a known mistake loses no point")

    with pytest.raises(AuthoringError, match="a known mistake"):
        release(A, course, audit)
    assert (released(course), first.archive.read_bytes()) == (before, archive)


def test_a_refusal_of_nbgraders_is_told_without_its_stack(course: Path):
    before = released(course)
    config = course / "nbgrader_config.py"
    config.write_text(
        config.read_text()
        + '\nc.IncludeHeaderFooter.header = "source/nowhere.ipynb"  # nbgrader stops at it\n'
    )
    with pytest.raises(AuthoringError) as refused:
        release(A, course)
    said = str(refused.value)
    assert "nowhere.ipynb" in said and "Traceback" not in said and said.count("\n") <= 2
    assert released(course) == before


def test_a_leak_that_only_the_release_shows_is_told_as_a_fault(course: Path):
    before = released(course)
    header = course / "header.ipynb"  # nbgrader puts it in front of every notebook
    cell = {
        "cell_type": "markdown",
        "metadata": {},
        "source": "return 0.5 * k * tf.reduce_sum(q**2)",
    }
    header.write_text(
        json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    )
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + f'\nc.IncludeHeaderFooter.header = "{header}"\n')
    with pytest.raises(AuthoringError) as refused:
        release(A, course)
    said = str(refused.value)
    assert f"{A} would leak:" in said and "its cells are not the source's" in said
    assert "Traceback" not in said and "Error" not in said
    assert released(course) == before


def test_points_that_change_after_grading_are_released(course: Path):
    twin = course / "source" / A / "energy.nb.py"
    twin.write_text(twin.read_text() + QUESTION)
    with book(course) as gradebook:
        gradebook.remove_assignment(A)
    release(A, course)
    with book(course) as gradebook:
        gradebook.add_submission(A, "ada")
    edit(
        course,
        '"grade_id": "why", "locked": false, "points": 1',
        '"grade_id": "why", "locked": false, "points": 3',
    )
    assert release(A, course).manual_points == 3
    with book(course) as gradebook:
        assert gradebook.find_grade_cell("why", "energy", A).max_score == 3


def as_of_nbgrader_0_5(path: Path) -> None:
    """Take back nbgrader's last two changes of its tables: a student's number, the courses."""
    connection = sqlite3.connect(path)
    connection.executescript("""
        ALTER TABLE student DROP COLUMN lms_user_id;
        CREATE TABLE older (id VARCHAR(32) NOT NULL, name VARCHAR(128) NOT NULL, duedate DATETIME,
            PRIMARY KEY (id), UNIQUE (name));
        INSERT INTO older SELECT id, name, duedate FROM assignment;
        DROP TABLE assignment;
        ALTER TABLE older RENAME TO assignment;
        DROP TABLE course;
        UPDATE alembic_version SET version_num = '167914646830';
    """)
    connection.close()


@pytest.mark.slow
def test_a_gradebook_of_an_older_nbgrader_says_what_to_run_and_that_helps(course: Path):
    as_of_nbgrader_0_5(course / "gradebook.db")
    before = (course / "gradebook.db").read_bytes()
    with pytest.raises(
        GradebookError, match=r"another version of nbgrader\. Next: .*nbgrader db upgrade"
    ):
        release(A, course)
    assert (course / "gradebook.db").read_bytes() == before
    upgraded = nbgrader(course, "db", "upgrade")
    assert upgraded.returncode == 0, upgraded.stderr
    assert release(A, course).automatic_points > 0


def test_a_gradebook_that_is_no_database_is_named(course: Path):
    (course / "gradebook.db").write_text("no database, " * 100)
    with pytest.raises(GradebookError, match="not a database"):
        release(A, course)


def test_a_swap_that_fails_puts_the_old_one_back(tmp_path: Path):
    place = tmp_path / "place"
    place.mkdir()
    (place / "old").touch()
    with pytest.raises(FileNotFoundError):
        swap(tmp_path / "nothing", place)
    assert [path.name for path in place.iterdir()] == ["old"]
