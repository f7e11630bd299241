"""What a student's package records: enough to judge by, and never a claim with nothing to try."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from course_lib.authoring.package import package_files
from course_lib.claims.failures import CallFailed
from course_lib.claims.judging import judge
from course_lib.claims.loading import load, load_folder
from course_lib.claims.record import Record
from course_lib.claims.student_proxy import StudentProxy
from course_lib.errors import CourseLibError
from course_lib.protocol.questions import Answer, Question

TINY = Path(__file__).parent.parent / "courses" / "tiny"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an assignment as a student has it installed."""
    folder = tmp_path_factory.mktemp("site") / "02_energy"
    folder.mkdir()
    for name, data in package_files(load("02_energy", TINY)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def twice_the_mean(questions: list[Question]) -> list[Answer]:
    return [Answer(2.0 * float(sum(q.arguments[0]) / len(q.arguments[0]))) for q in questions]


def test_a_wrong_answer_fails_on_recorded_inputs(installed: Path) -> None:
    assignment = load_folder("02_energy", installed)
    name = next(iter(set(assignment.exercises) - {"energy"}))
    plan = assignment.record.plan(assignment, name)
    assert all(plan.inputs.values())
    assert judge(plan, assignment.exercises[name], twice_the_mean).earned == 0.0


@pytest.mark.parametrize("came", [(3.0, 4.0), [3.0, 4.0]], ids=["tuple", "list"])
def test_an_answer_about_an_answer_is_read_without_a_right_one(installed: Path, came) -> None:
    """As `student.leapfrog(*student.leapfrog(...))` asks; nobody recorded what to expect there."""
    assignment = load_folder("02_energy", installed)
    name = next(iter(assignment.exercises))
    plan = assignment.record.plan(assignment, name)
    student = StudentProxy(assignment, lambda _question: Answer(came), plan.truth)
    of_its_own = np.array([123.25, 7.0])
    assert list(getattr(student, name)(of_its_own) + 1.0) == [4.0, 5.0]


def test_no_answer_about_an_answer_is_said_so(installed: Path) -> None:
    assignment = load_folder("02_energy", installed)
    name = next(iter(assignment.exercises))
    plan = assignment.record.plan(assignment, name)
    student = StudentProxy(assignment, lambda _question: Answer(None), plan.truth)
    with pytest.raises(CallFailed, match="is a `return` missing"):
        getattr(student, name)(np.array([123.25, 7.0]))


def test_a_record_whose_questions_are_others_judges_nobody(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the engine that is installed is not the one that made it."""
    monkeypatch.setattr(Record, "answer", lambda *_: None)
    assignment = load_folder("02_energy", installed)
    with pytest.raises(CourseLibError, match=r"nothing in it is about .* requirements\.txt"):
        assignment.record.plan(assignment, "energy")
