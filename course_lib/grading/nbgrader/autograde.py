"""The pieces that stand in nbgrader's `autograde` where it would run a notebook in a kernel.

In nbgrader_config.py:

    c.Autograde.exporter_class = "course_lib.grading.nbgrader.autograde.HandedInExporter"
    c.Autograde.pre_convert_hook = "course_lib.grading.nbgrader.autograde.one_notebook"
    c.Autograde.autograde_preprocessors = ["course_lib.grading.nbgrader.autograde.Judge", …]

`HandedInExporter` reads what was handed in (nbgrader's own reader stops at a file that is not
JSON) and puts it into the instructor's order; `Judge` fills in the verdict. Scores, late
penalties, gradebook and feedback stay nbgrader's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.converters import Autograde, base
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from course_lib.grading.nbgrader.autograded import HASH, mark, show, shown
from course_lib.grading.nbgrader.exchange import carried, carry
from course_lib.grading.nbgrader.writer import CarefulCourse
from course_lib.grading.parts import part_of
from course_lib.grading.released import released_notebooks
from course_lib.grading.submission.collect import collect_all
from course_lib.grading.verdict import Verdict
from course_lib.notebook.reading import cells_of
from course_lib.notebook.released_notebook import ReleasedNotebook
from course_lib.notebook.submission import Submission

Resources = dict[str, Any]


class Changed(RuntimeError):
    """What was handed in is no longer what was judged."""


class HandedInExporter(NotebookExporter):
    """Reads a submission as a notebook; every other file as nbconvert does.

    No other file of the student's is copied: nothing runs it, and it need not be one that can be
    copied. nbgrader would bring it into `autograded/` and on into `feedback/`, also what a link
    leads to; it makes its exporter before that, and is told here. What the exchange needs is kept.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if isinstance(self.parent, Autograde):
            given: CourseDirectory = self.parent.coursedir
            traits = {name: getattr(given, name) for name in given.trait_names(config=True)}
            self.parent.coursedir = CarefulCourse(**traits | {"ignore": ["*"]})
            _look_at_no_other_file(self.parent)

    def from_filename(
        self, filename: str, resources: Resources | None = None, **kwargs: Any
    ) -> tuple[str, Resources]:
        """The notebook at `filename` as JSON, after the preprocessors, and its resources."""
        coursedir: CourseDirectory = self.parent.coursedir
        about = (resources or {}).get("nbgrader", {})
        student, assignment = about.get("student", ""), about.get("assignment", "")
        submitted = coursedir.format_path(coursedir.submitted_directory, student, assignment)
        if Path(filename).parent != Path(submitted):
            read: tuple[str, Resources] = super().from_filename(filename, resources, **kwargs)
            return read
        autograded = coursedir.format_path(coursedir.autograded_directory, student, assignment)
        carry(Path(submitted), Path(autograded))
        root = Path(coursedir.root)
        notebooks = getattr(self.parent, "released", None) or released_notebooks(root, assignment)
        submission: Submission | None = getattr(self.parent, "submission", None)
        if submission is None:  # `nbgrader autograde`; `course grade` has read it for the verdict
            submission = collect_all(root, notebooks, student)
        released = next(each for each in notebooks if each.notebook == Path(filename).stem)
        nb = shown(submission, released, carried(Path(submitted)))
        output: tuple[str, Resources] = self.from_notebook_node(nb, resources, **kwargs)
        return output


def _look_at_no_other_file(converter: Autograde) -> None:
    """Spare nbgrader the way through all that was handed in, however deep, to copy none of it."""
    begin = converter.init_assignment

    def init_assignment(assignment_id: str, student_id: str) -> None:
        walk = base.find_all_files
        base.find_all_files = lambda *_about: []
        try:
            begin(assignment_id, student_id)
        finally:
            base.find_all_files = walk

    converter.init_assignment = init_assignment


def one_notebook(assignment: str, notebooks: list[str], **_about: object) -> None:
    """nbgrader's hook before a hand-in is read: those notebooks that count, by their own names.

    nbgrader would skip a notebook under another name; `HandedInExporter` finds it. nbgrader runs
    its converters, and so this, in the course's folder.
    """
    released = ReleasedNotebook.load_all(Path.cwd(), assignment)
    folder = Path(notebooks[0]).parent
    notebooks[:] = [str(folder / f"{each.notebook}.ipynb") for each in released]


class Judge(NbGraderPreprocessor):
    """Puts the verdict on a submission into its notebook: what its cells showed, its results.

    A verdict comes from the converter that runs this, if it has one (`course grade`); else from
    `verdicts/`, if it is still right; else from grading now. Without test cells there is none.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Fill in `nb`. Raises Changed where the submission changed since it was judged."""
        tested = any(cell.role == "test" for cell in cells_of(nb))
        converter = self.parent.parent
        about, content = resources["nbgrader"], nb.metadata["course"][HASH]
        student, assignment = about["student"], about["assignment"]
        verdict: Verdict | None = getattr(converter, "verdict", None)
        if verdict is None:
            if not tested:
                return nb, resources
            verdict = current_verdict(Path(converter.coursedir.root), assignment, student)
        if (verdict["student"], verdict["assignment"]) != (student, assignment):
            raise ValueError(f"the verdict is on {verdict['student']}, not on {student}")
        if verdict["content_hash"] != content:
            raise Changed(
                f"{student}'s {assignment} changed while it was graded: "
                f"run `course grade {assignment} --student {student}`"
            )
        mark(nb, verdict)
        if tested or verdict.get("cells"):
            show(nb, part_of(verdict, about["notebook"]))
        return nb, resources


def current_verdict(root: Path, assignment: str, student: str) -> Verdict:
    """The stored verdict, if grading would repeat it; else one that is made now and stored."""
    from course_lib.grading.pool.engine import grade_one  # here: `course grade` brings its verdicts

    return grade_one(root, assignment, student)
