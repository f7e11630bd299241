"""The instructor's cells that nbgrader keeps in its gradebook, hidden tests included.

source_cells(root, "ps1", "problem1")["correct_squares"]     # "assert squares(1) == [1] …"
"""

from __future__ import annotations

from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url

from course_lib.authoring.gradebook import refuse_other_schema
from course_lib.authoring.release import settings, tools_on_path


def source_cells(root: Path, assignment: str, notebook: str) -> dict[str, str]:
    """The cells' texts, by grade_id; none where there is no gradebook, or not this notebook in it.

    Raises GradebookError where the gradebook is another nbgrader's.
    """
    course = CourseDirectory(config=settings(root))
    url = make_url(course.db_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return {}  # opening one would make it
    refuse_other_schema(course.db_url)
    with tools_on_path(), Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            found = gradebook.find_notebook(notebook, assignment)
        except MissingEntry:
            return {}
        return {cell.name: cell.source or "" for cell in found.source_cells}
