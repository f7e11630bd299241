"""What nbgrader's gradebook knows of an assignment, and what it would refuse.

    refuse_other_schema(db_url)                      # a gradebook of another nbgrader
    with Gradebook(db_url, course_id) as gradebook:
        refuse_other_cells(gradebook, "01_basics", {"basics": cells})
        take_release(gradebook, [released])          # … and gives the others their points

Once a hand-in is in the gradebook, nbgrader neither adds nor removes cells of its assignment: the
earlier hand-ins would have no row for them. Points of cells may change at any time.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

from alembic.script import ScriptDirectory
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import Connection, MetaData, create_engine, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from course_lib.errors import GradebookError
from course_lib.notebook.cell import Cell
from course_lib.notebook.released_notebook import ReleasedNotebook

SHOWN = 5  # cells that are named before the rest is counted


def refuse_other_schema(db_url: str) -> None:
    """Raise GradebookError unless this nbgrader can work with the gradebook's tables.

    It changes nothing that holds something: opening a gradebook of another nbgrader with this one
    would add tables to it. Where nbgrader was ended while it made a gradebook, there are tables
    without a version and without a row; they are removed, and nbgrader makes them again.
    """
    try:
        with create_engine(db_url, poolclass=NullPool).begin() as connection:
            tables = inspect(connection).get_table_names()
            found = (
                connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
                if "alembic_version" in tables
                else None
            )
            if found is None and not _has_rows(connection, tables):
                half_made = MetaData()
                half_made.reflect(connection)
                half_made.drop_all(connection)
                tables = []
    except OperationalError:
        return  # it is locked, or cannot be reached: the writer waits, and says so
    except DatabaseError as error:
        raise GradebookError(
            f"the gradebook cannot be read: {error.orig}. Next: put a copy of it in its place; or "
            "move it away, and `course grade` writes all automatic points into a new one"
        ) from None
    if tables and found != _schema():
        raise GradebookError(
            "the gradebook was made by another version of nbgrader. Next: make a copy of it, then "
            "run `nbgrader db upgrade` in the course's folder"
        )


def refuse_other_cells(
    gradebook: Gradebook, assignment: str, notebooks: Mapping[str, Iterable[Cell]]
) -> None:
    """Raise GradebookError where hand-ins are in the gradebook and cells would come or go.

    notebooks: for each notebook of the assignment, its cells.
    """
    try:
        known = gradebook.find_assignment(assignment)
    except MissingEntry:
        return
    if not known.submissions:
        return
    then = {f"{book.name}.ipynb" for book in known.notebooks}
    now = {f"{name}.ipynb" for name in notebooks}
    for book in known.notebooks:
        if book.name in notebooks:
            then |= {f"`{cell.name}`" for cell in book.source_cells}
            now |= {f"`{c.grade_id}`" for c in notebooks[book.name] if is_kept(c)}
    if then == now:
        return
    changes = [
        f"{_few(names)} {'is' if len(names) == 1 else 'are'} {word}"
        for names, word in ((sorted(now - then), "new"), (sorted(then - now), "gone"))
        if names
    ]
    raise GradebookError(
        f"the gradebook has hand-ins of {assignment}, and nbgrader takes no other cells for it "
        f"then: {', '.join(changes)}. Next: undo that in source/{assignment}/, or give the changed "
        "assignment a new name. Where points and comments given by hand may be lost, "
        f"`nbgrader db assignment remove {assignment} --force` and `course release {assignment}` "
        f"start anew; `course grade {assignment}` then writes all automatic points again"
    )


def take_release(
    gradebook: Gradebook, notebooks: Sequence[ReleasedNotebook]
) -> list[ReleasedNotebook]:
    """Give the gradebook's cells the points of a release; the notebooks that it has not got whole.

    notebooks: all of one assignment. Raises GradebookError where it has others, and hand-ins.
    """
    assignment = notebooks[0].assignment
    refuse_other_cells(gradebook, assignment, {each.notebook: each.cells for each in notebooks})
    return [each for each in notebooks if not _take(gradebook, each)]


def _take(gradebook: Gradebook, released: ReleasedNotebook) -> bool:
    """Whether the gradebook has all cells of a notebook, which then have its points."""
    about = (released.notebook, released.assignment)
    try:
        known = {cell.name for cell in gradebook.find_notebook(*about).source_cells}
    except MissingEntry:
        return False
    if known != {cell.grade_id for cell in released.cells if is_kept(cell)}:
        return False
    for cell in released.cells:
        if cell.is_graded:
            kind = "task" if cell.role == "task" else "grade"
            row = getattr(gradebook, f"find_{kind}_cell")(cell.grade_id, *about)
            if row.max_score != cell.points:
                row.max_score = cell.points
                gradebook.db.commit()
    return True


def is_kept(cell: Cell) -> bool:
    """Whether nbgrader keeps a row for this cell in the gradebook."""
    return cell.grade_id is not None and (cell.is_answer or cell.is_graded or cell.locked)


def _has_rows(connection: Connection, tables: Iterable[str]) -> bool:
    return any(
        connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first() for name in tables
    )


@functools.lru_cache(1)
def _schema() -> str | None:
    """The schema that this nbgrader works with; `nbgrader.api` starts a process to ask."""
    return ScriptDirectory(ALEMBIC_DIR).get_current_head()


def _few(names: list[str]) -> str:
    shown = ", ".join(names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown
