"""docs/verdict.schema.json describes the verdicts that grading writes."""

import json
import shutil
from pathlib import Path
from typing import get_args, get_type_hints

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest

from course_lib.authoring.build import build
from course_lib.authoring.release import generate
from course_lib.claims.judging import Status
from course_lib.feedback.results import ClaimReport, ExerciseReport
from course_lib.grading import verdict as verdicts
from course_lib.grading.course import Course
from course_lib.grading.fork_server import ForkServer
from course_lib.grading.pool.graders import poisonous
from course_lib.grading.submission.collect import read_submission
from course_lib.grading.time_limits import TimeLimits
from course_lib.grading.verdict import read_verdict, write_verdict
from course_lib.grading.verifier import Verifier

from .author_page import FILES, write_course

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "verdict.schema.json").read_text("utf-8"))
SIGNATURE = "def leapfrog(force, q, p, step, n):\n"
ENDS = "    import os\n    os._exit(1)\n"
# its claim raises on an answer of (0, 0), which no right submission gives
FAULTY = FILES["assignments/01_pendulum/leapfrog.py"].replace(
    "    calls = student",
    "    1 / abs(student.leapfrog(*swing.arguments)).sum().item()\n    calls = student",
)

HANDED_IN = {
    "passed": FILES["assignments/01_pendulum/alternatives/leapfrog/recursion.py"],
    "failed": FILES["assignments/01_pendulum/mistakes/leapfrog/euler.py"],
    "error": SIGNATURE + "    return q / 0\n",
    "timeout": SIGNATURE + "    while True:\n        pass\n",
    "crashed": SIGNATURE + ENDS,
    "missing": "leap = frog = 1\n",
    "ungraded": SIGNATURE + "    return 0.0, 0.0\n",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The author page's course, released by nbgrader."""
    root = write_course(tmp_path_factory.mktemp("course"))
    shutil.copy(ROOT / "nbgrader_config.py", root)
    build("01_pendulum", root)
    generate("01_pendulum", root)
    return root


@pytest.fixture(scope="module")
def fork_server():
    with ForkServer(imports=["numpy"]) as server:
        yield server


def stored(root, verdict):
    """A verdict as other programs read it."""
    return json.loads(write_verdict(root, verdict).read_bytes())


def handed_in(course, source):
    """The released notebook with this solution cell."""
    notebook = json.loads((course.root / "release/01_pendulum/pendulum.ipynb").read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "leapfrog":
            cell["source"] = source
    return json.dumps(notebook).encode()


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("status", get_args(Status))
def test_a_verdict_with_each_status_fits(course, fork_server, status):
    root = course
    if status == "ungraded":
        write_course(root, {"assignments/01_pendulum/leapfrog.py": FAULTY})
    course = Course(root, "01_pendulum")
    submission = read_submission(handed_in(course, HANDED_IN[status]), course.released, status)
    limits = TimeLimits(cell=2.0, first_call=2.0, call=0.5, notebook=20.0)
    verdict = stored(root, Verifier(course.plan(7), fork_server, limits).grade(submission))
    jsonschema.validate(verdict, SCHEMA)
    assert [check["status"] for check in verdict["checks"]] == [status]
    assert read_verdict(root, "01_pendulum", status) == verdict


@pytest.mark.parametrize("status", ["unreadable", "poisonous"])
def test_a_verdict_that_could_not_be_graded_fits(course, fork_server, status):
    write_course(course)
    assignment = Course(course, "01_pendulum")
    submission = read_submission(b"not a notebook", assignment.released, status)
    plan = assignment.plan(7)
    if status == "unreadable":
        verdict = Verifier(plan, fork_server).grade(submission)
    else:
        verdict = poisonous(plan, submission, "it ended")
    found = stored(course, verdict)
    jsonschema.validate(found, SCHEMA)
    assert found["status"] == status


KINDS = {
    (): verdicts.Verdict,
    ("$defs", "check"): ExerciseReport,
    ("$defs", "claim"): ClaimReport,
    ("$defs", "cell"): verdicts.CellResult,
}


@pytest.mark.parametrize("where", KINDS, ids=str)
def test_every_field_that_the_code_declares_is_described(where):
    part = SCHEMA
    for name in where:
        part = part[name]
    declared = set(get_type_hints(KINDS[where]))
    if where == ("$defs", "check"):
        declared.remove("remarks")  # moved to the verdict's own before it is stored
    assert declared == set(part["properties"])


def test_its_statuses_are_those_of_the_code():
    properties = SCHEMA["$defs"]["check"]["properties"]
    assert properties["status"]["enum"] == list(get_args(Status))
    cell = SCHEMA["$defs"]["cell"]["properties"]
    assert set(cell["status"]["enum"]) == set(get_args(verdicts.CellStatus))


@pytest.mark.parametrize("change", [{"earned": "3"}, {"status": "fine"}, {"extra": 1}], ids=str)
def test_what_is_not_a_verdict_does_not_fit(course, fork_server, change):
    write_course(course)
    assignment = Course(course, "01_pendulum")
    submission = read_submission(b"not a notebook", assignment.released, "none")
    verdict = stored(course, poisonous(assignment.plan(7), submission, "it ended"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(verdict | change, SCHEMA)
