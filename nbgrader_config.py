"""nbgrader's settings: every nbgrader command and the formgrader work from this file alone."""

from nbgrader.converters import GenerateAssignment

from course_lib.authoring.guard import RefuseFaults, RefuseLeaks
from course_lib.grading.nbgrader.formgrader import own_page
from course_lib.student.validate import judge_exercises

c = get_config()  # noqa: F821  # nbgrader puts it there

# --- the course ---------------------------------------------------------------------------------

c.CourseDirectory.course_id = "inference"
# What lies beside a notebook is copied into its release. The .nb.py has the solutions in it.
c.CourseDirectory.ignore = ["*.nb.py", ".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback"]
c.CourseDirectory.ignore += ["hidden_tests"]  # there when hand-ins are graded, never released

# --- release: nbgrader's own steps, between two guards that stop a release that would leak -------

c.GenerateAssignment.preprocessors = [
    RefuseFaults,
    *GenerateAssignment.preprocessors.default(),
    RefuseLeaks,
]
c.GenerateAssignment.exporter_class = "course_lib.authoring.beside.BesideExporter"  # old one stays

# --- grading: the course runs and judges a submission, nbgrader does all that follows -------------

PLUGIN = "course_lib.grading.nbgrader.autograde"  # by name: loaded only when something is graded

c.Autograde.exporter_class = f"{PLUGIN}.HandedInExporter"  # reads any file that was handed in
c.Autograde.pre_convert_hook = f"{PLUGIN}.one_notebook"  # … and one under another name
c.Autograde.sanitize_preprocessors = []  # cells and their metadata are the release's already
c.Autograde.autograde_preprocessors = [
    f"{PLUGIN}.Judge",  # the verdict, where nbgrader would run the notebook
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]
c.ExportApp.plugin_class = "course_lib.grading.nbgrader.export.PlainCsv"  # no cell is a formula

# --- validate: judges as `course check` does, and as grading --------------------------------------

c.Execute.on_notebook_start = judge_exercises
c.Execute.timeout = 300  # seconds per cell, should a demonstration be needed after all

# --- feedback: the course's own page --------------------------------------------------------------

FEEDBACK = "course_lib.grading.nbgrader.feedback"
c.GenerateFeedback.exporter_class = f"{FEEDBACK}.FeedbackExporter"
c.GenerateFeedback.preprocessors = [
    f"{FEEDBACK}.Grades",  # points, and which a person has still to give
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",  # colours of code
]

# --- exchange: a hand-in that did not come through it stops nobody else's feedback ---------------

c.ExchangeFactory.release_feedback = "course_lib.grading.nbgrader.exchange.ReleaseFeedback"

# --- formgrader: a page that loads nothing from the network --------------------------------------

own_page(c)
