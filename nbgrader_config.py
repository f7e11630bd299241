"""nbgrader's settings: every nbgrader command and the formgrader work from this file alone."""

from nbgrader.converters import GenerateAssignment

from course_lib.authoring.guard import RefuseFaults, RefuseLeaks

c = get_config()  # noqa: F821  # nbgrader puts it there

# --- the course ---------------------------------------------------------------------------------

c.CourseDirectory.course_id = "inference"
# What lies beside a notebook is copied into its release. The twin has the solutions in it.
c.CourseDirectory.ignore = ["*.nb.py", ".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback"]

# --- release: nbgrader's own steps, between two guards that stop a release that would leak -------

c.GenerateAssignment.preprocessors = [
    RefuseFaults,
    *GenerateAssignment.preprocessors.default(),
    RefuseLeaks,
]
