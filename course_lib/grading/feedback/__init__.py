"""The feedback page: nbgrader writes it, with the course's own template.

In nbgrader_config.py:

    c.GenerateFeedback.exporter_class = "course_lib.grading.feedback.FeedbackExporter"
    c.GenerateFeedback.preprocessors = ["course_lib.grading.feedback.Grades", …]

`templates/course_feedback/` holds the page and its style sheet: a table of points with links, each
exercise's card under the student's cell, readable on a phone and on paper.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades
from traitlets.config import Config

from course_lib.calls.text import one_line
from course_lib.grading.feedback.page import Page

TEMPLATES = Path(__file__).parent / "templates"
Resources = dict[str, Any]


class FeedbackExporter(Page):
    """nbconvert's HTML, from the course's template, whatever another one is configured."""

    def __init__(self, config: Config | None = None, **kwargs: Any) -> None:
        own = Config()
        own.FeedbackExporter.template_name = "course_feedback"
        own.FeedbackExporter.extra_template_basedirs = [str(TEMPLATES)]
        merged = Config(config or {})
        merged.merge(own)
        super().__init__(config=merged, **kwargs)


class Grades(GetGrades):
    """nbgrader's grades, and which of them a person has still to give."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Fill in scores and comments, and what the top of the page says.

        waiting: the sum of the points not given yet. lost: the graded cells without all points.
        title, course: what the student knows the assignment by.
        """
        nb, resources = super().preprocess(nb, resources)
        graded = [c for c in nb.cells if "score" in c.metadata.get("nbgrader", {})]
        about = [(cell, cell.metadata.nbgrader) for cell in graded]
        resources["nbgrader"] |= {
            "waiting": sum(g.points for _, g in about if g.waiting),
            "lost": [cell for cell, g in about if not g.waiting and g.score < g.points],
            "title": title(nb) or resources["nbgrader"]["notebook"],
            "course": self.config.CourseDirectory.get("course_id") or "course",
        }
        return nb, resources

    def _get_score(self, cell: NotebookNode, resources: Resources) -> None:
        super()._get_score(cell, resources)
        about = (self.notebook_id, self.assignment_id, self.student_id)
        grade = self.gradebook.find_grade(cell.metadata.nbgrader.grade_id, *about)
        cell.metadata.nbgrader["waiting"] = bool(grade.needs_manual_grade)


def title(nb: NotebookNode) -> str:
    """The notebook's first heading, in plain text; empty if it has none."""
    for cell in nb.cells:
        for line in cell.source.splitlines():
            if cell.cell_type == "markdown" and line.startswith("# "):
                return one_line(line[2:].strip(), 120)
    return ""
