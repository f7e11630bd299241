"""A gradebook that nbgrader was making when it was ended is made anew; any other is kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from nbgrader.api import Base, Gradebook
from sqlalchemy import create_engine

from course_lib.authoring.gradebook import refuse_other_schema
from course_lib.authoring.release import tools_on_path
from course_lib.errors import GradebookError

ENDED_AFTER = {
    "the tables": "",
    "the table of versions": "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);",
    "half of the tables": "DROP TABLE grade; DROP TABLE comment;",
}


def cut_short(path: Path, more: str) -> str:
    """Its address; the tables are nbgrader's own."""
    url = f"sqlite:///{path}"
    Base.metadata.create_all(bind=create_engine(url))
    with sqlite3.connect(path) as connection:
        connection.executescript(more)
    return url


@pytest.mark.parametrize("more", ENDED_AFTER.values(), ids=ENDED_AFTER)
def test_one_that_was_cut_short_is_made_anew(tmp_path: Path, more: str) -> None:
    url = cut_short(tmp_path / "gradebook.db", more)
    refuse_other_schema(url)
    with tools_on_path(), Gradebook(url) as gradebook:
        gradebook.add_student("ada")
    refuse_other_schema(url)
    with Gradebook(url) as gradebook:
        assert [student.id for student in gradebook.students] == ["ada"]


def test_one_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    row = "INSERT INTO student (id) VALUES ('ada');"
    url = cut_short(tmp_path / "gradebook.db", row)
    before = (tmp_path / "gradebook.db").read_bytes()
    with pytest.raises(GradebookError, match="another version of nbgrader"):
        refuse_other_schema(url)
    assert (tmp_path / "gradebook.db").read_bytes() == before
