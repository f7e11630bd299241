"""nbgrader's settings for the engine's own course: as short as an instructor's may be."""

from nbgrader.converters import GenerateAssignment

from course_lib.authoring.guard import RefuseFaults, RefuseLeaks
from course_lib.grading.nbgrader.formgrader import own_page

c = get_config()  # noqa: F821  # nbgrader puts it there

PLUGIN = "course_lib.grading.nbgrader.autograde"
FEEDBACK = "course_lib.grading.nbgrader.feedback"

c.CourseDirectory.course_id = "tiny"
c.CourseDirectory.ignore = ["*.nb.py", ".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback"]
c.CourseDirectory.ignore += ["hidden_tests"]  # there when hand-ins are graded, never released
c.GenerateAssignment.preprocessors = [
    RefuseFaults,
    *GenerateAssignment.preprocessors.default(),
    RefuseLeaks,
]
c.GenerateAssignment.exporter_class = "course_lib.authoring.beside.BesideExporter"
c.Autograde.exporter_class = f"{PLUGIN}.HandedInExporter"
c.Autograde.pre_convert_hook = f"{PLUGIN}.one_notebook"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    f"{PLUGIN}.Judge",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]
c.GenerateFeedback.exporter_class = f"{FEEDBACK}.FeedbackExporter"
c.GenerateFeedback.preprocessors = [
    f"{FEEDBACK}.Grades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
c.ExchangeFactory.release_feedback = "course_lib.grading.nbgrader.exchange.ReleaseFeedback"
own_page(c)
