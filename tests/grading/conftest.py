"""Submissions made from the instructor's solutions, with single cells replaced."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.claims.sampling import SamplingPlan
from course_lib.grading.course import Course
from course_lib.grading.submission.collect import read_submission
from course_lib.grading.time_limits import TimeLimits
from course_lib.grading.verifier import Verifier
from course_lib.notebook.submission import Submission

ROOT = Path(__file__).parent.parent.parent
ASSIGNMENT = "00_worksheet"
SEED = 7
# A search asks the functions above some hundred times, which most tests would wait for in vain.
CLOSED_FORM = """
def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, 0.5 * np.log(np.mean((y - m * x - b) ** 2))])
"""


@pytest.fixture(scope="session")
def course() -> Course:
    return Course(ROOT, ASSIGNMENT)


@pytest.fixture(scope="session")
def plan(course: Course) -> SamplingPlan:
    return course.plan(SEED)


@pytest.fixture
def verifier(plan: SamplingPlan, fork_server) -> Verifier:
    return Verifier(
        plan, fork_server, TimeLimits(cell=1.0, first_call=4.0, call=1.0, notebook=40.0)
    )


def with_cells(notebook: str, replaced: dict[str, str], extra: str = "") -> bytes:
    """A notebook of the course with solution cells replaced, and a cell of the student's own."""
    document = json.loads((ROOT / notebook).read_text("utf-8"))
    for cell in document["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in replaced:
            cell["source"] = replaced[name]
    if extra:
        own = {"cell_type": "code", "id": "mine", "metadata": {}, "source": extra}
        document["cells"].append(own | {"outputs": [], "execution_count": None})
    return json.dumps(document).encode()


@pytest.fixture
def hand_in(course: Course) -> Callable[..., Submission]:
    """`hand_in(tf_log_like="def …")`: the solutions with cells replaced by these sources.

    The line is fitted in closed form; with `searching=True` as in the solutions.
    """

    def make(extra: str = "", searching: bool = False, **replaced: str) -> Submission:
        cells = replaced if searching else {"fit_line": CLOSED_FORM} | replaced
        data = with_cells("source/00_worksheet/worksheet.ipynb", cells, extra)
        return read_submission(data, course.released, "ada")

    return make
