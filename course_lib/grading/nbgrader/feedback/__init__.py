"""The feedback page: nbgrader writes it, with the course's own template.

In nbgrader_config.py:

    c.GenerateFeedback.exporter_class = "course_lib.grading.nbgrader.feedback.FeedbackExporter"
    c.GenerateFeedback.preprocessors = ["course_lib.grading.nbgrader.feedback.Grades", …]

`templates/course_feedback/` holds the page and its style sheet: a table of points with links, each
exercise's card under the student's cell, readable on a phone and on paper. A page loads nothing:
`formulas` are MathML. `page` is what makes it quick. `freshness` says which pages have to be
written again; nbgrader's own command asks it too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades
from traitlets.config import Config

from course_lib.grading.nbgrader.autograded import BUILT_ON
from course_lib.grading.nbgrader.feedback.formulas import markdown2html
from course_lib.grading.nbgrader.feedback.freshness import TEMPLATES, key_of_page, page_key
from course_lib.grading.nbgrader.feedback.page import Page
from course_lib.grading.nbgrader.held import held
from course_lib.text import one_line

Resources = dict[str, Any]


class FeedbackExporter(Page):
    """nbconvert's HTML, from the course's template, even where another one is configured."""

    def __init__(self, config: Config | None = None, **kwargs: Any) -> None:
        own = Config()
        own.FeedbackExporter.template_name = "course_feedback"
        own.FeedbackExporter.extra_template_basedirs = [str(TEMPLATES)]
        own.FeedbackExporter.filters = {"markdown2html": markdown2html}
        merged = Config(config or {})
        merged.merge(own)
        super().__init__(config=merged, **kwargs)
        if isinstance(self.parent, GenerateFeedback):
            _renew(self.parent)


def _renew(converter: GenerateFeedback) -> None:
    """Have nbgrader write a page again where it would leave an old one.

    It goes by time stamps of hand-ins, which do not change when a person grades.
    """
    begin, told = converter.init_destination, converter.force

    def init_destination(assignment_id: str, student_id: str) -> bool:
        converter.force = told or not _is_fresh(converter.coursedir, assignment_id, student_id)
        return bool(begin(assignment_id, student_id))

    converter.init_destination = init_destination


def _is_fresh(coursedir: CourseDirectory, assignment: str, student: str) -> bool:
    """Whether the pages of all notebooks of a hand-in are what would be written now."""
    folders = (coursedir.autograded_directory, coursedir.feedback_directory)
    autograded, pages = (Path(coursedir.format_path(f, student, assignment)) for f in folders)
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        for path in autograded.glob("*.ipynb"):
            found = held(gradebook, assignment, path.stem, student)
            if key_of_page(pages / f"{path.stem}.html") != page_key(path, found):
                return False
    return True


class Grades(GetGrades):
    """nbgrader's grades, and which of them a person has still to give."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Fill in scores and comments, and what the top of the page says.

        waiting: the sum of the points not given yet. lost: the graded cells without all points.
        begin: those of them to mend first; the others are built on these.
        title, course: what the student knows the assignment by. page: the key of what it tells.
        """
        nb, resources = super().preprocess(nb, resources)
        graded = [c for c in nb.cells if "score" in c.metadata.get("nbgrader", {})]
        about = [(cell, cell.metadata.nbgrader) for cell in graded]
        lost = [cell for cell, g in about if not g.waiting and g.score < g.points]
        resources["nbgrader"] |= {
            "waiting": sum(g.points for _, g in about if g.waiting),
            "lost": lost,
            "begin": [cell for cell in lost if not _is_built_on_a_wrong_one(cell)],
            "title": title(nb) or resources["nbgrader"]["notebook"],
            "course": self.config.CourseDirectory.get("course_id") or "course",
            "page": self._key(),
        }
        return nb, resources

    def _key(self) -> str | None:
        coursedir: CourseDirectory = self.parent.parent.coursedir
        about = (self.assignment_id, self.notebook_id, self.student_id)
        folder = coursedir.format_path(
            coursedir.autograded_directory, self.student_id, self.assignment_id
        )
        with Gradebook(self.db_url) as gradebook:
            return page_key(Path(folder) / f"{self.notebook_id}.ipynb", held(gradebook, *about))

    def _get_score(self, cell: NotebookNode, resources: Resources) -> None:
        super()._get_score(cell, resources)
        about = (self.notebook_id, self.assignment_id, self.student_id)
        grade = self.gradebook.find_grade(cell.metadata.nbgrader.grade_id, *about)
        cell.metadata.nbgrader["waiting"] = bool(grade.needs_manual_grade)


def _is_built_on_a_wrong_one(cell: NotebookNode) -> bool:
    """Whether the card in a test cell says that another exercise is to be mended first."""
    cards = [output.get("metadata", {}).get("course", {}) for output in cell.get("outputs", [])]
    return any(card.get(BUILT_ON) for card in cards)


def title(nb: NotebookNode) -> str:
    """The notebook's first heading, in plain text; empty if it has none."""
    for cell in nb.cells:
        for line in cell.source.splitlines():
            if cell.cell_type == "markdown" and line.startswith("# "):
                return one_line(line[2:].strip(), 120)
    return ""
