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
        """Fill in scores and comments; `waiting` is the sum of the points not given yet."""
        nb, resources = super().preprocess(nb, resources)
        grading = [cell.metadata.get("nbgrader", {}) for cell in nb.cells]
        resources["nbgrader"]["waiting"] = sum(g.points for g in grading if g.get("waiting"))
        return nb, resources

    def _get_score(self, cell: NotebookNode, resources: Resources) -> None:
        super()._get_score(cell, resources)
        about = (self.notebook_id, self.assignment_id, self.student_id)
        grade = self.gradebook.find_grade(cell.metadata.nbgrader.grade_id, *about)
        cell.metadata.nbgrader["waiting"] = bool(grade.needs_manual_grade)
