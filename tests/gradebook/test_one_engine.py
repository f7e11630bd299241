"""nbgrader opens a gradebook many times; its statements are compiled once."""

from __future__ import annotations

from pathlib import Path

from nbgrader.api import Gradebook
from sqlalchemy import event

from course_lib.authoring.release import tools_on_path
from course_lib.grading.nbgrader.engine_cache import engine_cache


def test_a_gradebook_that_is_opened_again_has_the_same_engine(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with tools_on_path(), engine_cache():
        with Gradebook(url) as first, Gradebook(url) as second:
            assert first.engine is second.engine
            first.add_student("ada")
            assert [student.id for student in second.students] == ["ada"]
        with Gradebook(f"sqlite:///{tmp_path / 'other.db'}") as other:
            assert other.engine is not first.engine
            assert other.students == []
    with tools_on_path(), Gradebook(url) as outside:
        assert outside.engine is not first.engine


def test_a_gradebook_that_was_deleted_is_made_anew(tmp_path: Path):
    path = tmp_path / "gradebook.db"
    with tools_on_path(), engine_cache():
        with Gradebook(f"sqlite:///{path}") as gradebook:
            gradebook.add_student("ada")
        path.unlink()
        with Gradebook(f"sqlite:///{path}") as gradebook:
            assert gradebook.students == []
    assert path.is_file()


def test_a_gradebook_that_is_opened_again_is_not_asked_for_its_tables(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    asked: list[str] = []
    with tools_on_path(), engine_cache():
        with Gradebook(url) as first:
            first.add_student("ada")

        @event.listens_for(first.engine, "before_cursor_execute")
        def note(_connection, _cursor, statement, *_about):
            asked.append(statement)

        with Gradebook(url) as second:
            assert asked == []
            assert second.db is not first.db
            assert [student.id for student in second.students] == ["ada"]
        with Gradebook(url, "another course") as other:
            assert other.course_id == "another course"
