"""A cohort over workers: each submission once, nothing done twice, nothing lost."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest

from course_lib.errors import CourseError
from course_lib.grading.course import Course
from course_lib.grading.pool import workers
from course_lib.grading.pool.engine import Options, grade_cohort, grade_one
from course_lib.grading.pool.grader import Grader, GraderError
from course_lib.grading.verdict import read_verdict
from tests.course_folder import copy_assignment
from tests.grading.conftest import ASSIGNMENT, ROOT, SEED, with_cells

WRONG = "def log_prior(m, b, log_s):\n    return 1.5 * tf.math.log(1 + m**2)\n"
BOB = 15.2  # of the prior, and of log_prob which needs it, only the right type is left


@pytest.fixture
def cohort(tmp_path: Path) -> Course:
    """A course folder with three hand-ins: right, one prior wrong, and one that is not JSON."""
    shutil.copytree(ROOT / "release", tmp_path / "release")
    copy_assignment(tmp_path)
    hand_ins = {
        "ada": with_cells("source/00_worksheet/worksheet.ipynb", {}),
        "bob": with_cells("source/00_worksheet/worksheet.ipynb", {"log_prior": WRONG}),
        "cyd": b"not a notebook",
    }
    for student, data in hand_ins.items():
        folder = tmp_path / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / "worksheet.ipynb").write_bytes(data)
    return Course(tmp_path, ASSIGNMENT)


def grade(course: Course, **options):
    outcomes = grade_cohort(course, course.students(), jobs=2, seed=SEED, **options)
    return {outcome.student: outcome for outcome in outcomes}


def test_a_cohort_is_graded_once_and_then_only_what_changed(cohort: Course):
    first = grade(cohort)
    assert {name: o.verdict["earned"] for name, o in first.items()} == {
        "ada": 18.0,
        "bob": BOB,
        "cyd": 0.0,
    }
    assert not any(outcome.reused for outcome in first.values())
    assert cohort.seed() == SEED

    assert all(outcome.reused for outcome in grade(cohort).values())

    handed_in = cohort.root / "submitted" / "bob" / ASSIGNMENT / "worksheet.ipynb"
    handed_in.write_bytes(with_cells("source/00_worksheet/worksheet.ipynb", {}))
    third = grade(cohort)
    assert [name for name, outcome in third.items() if not outcome.reused] == ["bob"]
    assert third["bob"].verdict["earned"] == 18.0

    stored = read_verdict(cohort.root, ASSIGNMENT, "bob")
    assert grade_one(cohort.root, ASSIGNMENT, "bob") == stored


@pytest.mark.slow
def test_a_bank_without_answers_is_asked_before_anyone_is_judged(cohort: Course):
    """Working them out in the middle of a submission ended its process, and then the whole run."""
    shutil.copytree(ROOT / "source" / ASSIGNMENT, cohort.root / "source" / ASSIGNMENT)
    bank = cohort.root / "assignments" / ASSIGNMENT / "mistakes" / "log_prior"
    bank.mkdir(parents=True)
    (bank / "uphill.py").write_text(f'"""Is the sign right?"""\n{WRONG}')
    graded = grade(cohort)
    assert {name: outcome.verdict["earned"] for name, outcome in graded.items()} == {
        "ada": 18.0,
        "bob": BOB,
        "cyd": 0.0,
    }
    [check] = [c for c in graded["bob"].verdict["checks"] if c["exercise"] == "log_prior"]
    assert {claim["mistake"] for claim in check["claims"] if not claim["passed"]} == {"uphill"}


def test_another_seed_is_another_key(cohort: Course):
    submission = cohort.submission("ada")
    assert cohort.key(submission, 1) != cohort.key(submission, 2)


def test_a_worker_that_is_killed_costs_nobody_anything(cohort: Course):
    def kill_first_worker() -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            for pid in _children():
                if "course_lib.grading.pool.grader" in _command(pid):
                    time.sleep(0.5)
                    os.kill(pid, signal.SIGKILL)
                    return
            time.sleep(0.05)

    killer = threading.Thread(target=kill_first_worker)
    killer.start()
    try:
        outcomes = grade(cohort, again=True)
    except CourseError:
        pytest.fail("a killed worker stopped the cohort")
    killer.join()
    assert {name: o.verdict["earned"] for name, o in outcomes.items()} == {
        "ada": 18.0,
        "bob": BOB,
        "cyd": 0.0,
    }


def _children() -> list[int]:
    path = Path(f"/proc/{os.getpid()}/task")
    found = []
    for task in path.iterdir():
        found += [int(pid) for pid in (task / "children").read_text().split()]
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def test_a_machine_without_isolation_is_refused_unless_told(plan):
    with pytest.raises(CourseError, match="--unjailed"):
        Options(without=engine_layers()).verifier(plan)


def test_unjailed_is_written_into_the_verdict(plan, hand_in):
    everything = Options(without=engine_layers(), insist=False)
    verifier = everything.verifier(plan)
    try:
        verdict = verifier.grade(hand_in())
    finally:
        verifier.fork_server.close()
    assert verdict["isolation"] == []
    assert verdict["earned"] == 18.0


def engine_layers() -> tuple[str, ...]:
    from course_lib.grading.sandbox import LAYERS

    return LAYERS


def test_a_poisonous_submission_has_a_verdict_that_says_so(plan, hand_in, tmp_path):
    from course_lib.grading.verdict import write_verdict

    verdict = workers.poisonous(plan, hand_in())
    written = json.loads(write_verdict(tmp_path, verdict).read_text())
    assert (written["earned"], written["possible"], written["status"]) == (0.0, 18.0, "poisonous")


def test_claims_and_release_must_agree_in_points(cohort: Course):
    path = cohort.root / "release" / ASSIGNMENT / "worksheet.ipynb"
    path.write_text(path.read_text().replace('"points": 3', '"points": 30'))
    with pytest.raises(CourseError, match="tf_log_like"):
        _ = Course(cohort.root, ASSIGNMENT).content


def test_without_a_source_exercises_come_in_the_order_of_the_release(cohort: Course):
    assert not (cohort.root / "source").exists()
    assert tuple(cohort.content.exercises) == cohort.released.exercises
    assert "tensorflow" in cohort.imports


class Unreadable:
    """Cannot be read where it arrives, as when another version of the code runs there."""

    def __reduce__(self):
        return int, ("not a number",)


def test_a_grader_that_cannot_read_what_it_is_sent_ends_and_is_not_waited_for():
    grader = Grader()
    try:
        with pytest.raises(GraderError, match="its process ended"):
            grader.start(pickle.dumps(Unreadable()))
    finally:
        grader.close()
