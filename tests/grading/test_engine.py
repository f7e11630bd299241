"""A cohort over workers: each submission once, nothing done twice, nothing lost."""

from __future__ import annotations

import json
import os
import pickle
import signal
import threading
import time
from pathlib import Path

import pytest

from course_lib.errors import CourseError
from course_lib.grading.course import Course
from course_lib.grading.pool import graders
from course_lib.grading.pool.engine import Options, grade_cohort, grade_one
from course_lib.grading.pool.grader import Grader, GraderError
from course_lib.grading.verdict import read_verdict
from tests.course_folder import TINY, TINY_NOTEBOOK, TINY_POINTS
from tests.grading.conftest import ASSIGNMENT, SEED, with_cells
from tests.scale.conftest import TINY_SOLVED, TINY_WRONG, course_of, tiny_course

BOB = TINY_POINTS - 2.0  # all that the mean is worth


@pytest.fixture
def cohort(tmp_path: Path) -> Course:
    """A course folder with three hand-ins: right, one mean wrong, and one that is not JSON."""
    hand_ins = {
        "ada": with_cells(TINY_SOLVED, {}),
        "bob": with_cells(TINY_SOLVED, TINY_WRONG),
        "cyd": b"not a notebook",
    }
    return tiny_course(tmp_path / "course", hand_ins)


def grade(course: Course, **options):
    outcomes = grade_cohort(course, course.students(), jobs=2, seed=SEED, **options)
    return {outcome.student: outcome for outcome in outcomes}


def test_a_cohort_is_graded_once_and_then_only_what_changed(cohort: Course):
    first = grade(cohort)
    assert {name: o.verdict["earned"] for name, o in first.items()} == {
        "ada": TINY_POINTS,
        "bob": BOB,
        "cyd": 0.0,
    }
    assert not any(outcome.reused for outcome in first.values())
    assert cohort.seed() == SEED

    assert all(outcome.reused for outcome in grade(cohort).values())

    handed_in = cohort.root / "submitted" / "bob" / TINY_NOTEBOOK
    handed_in.write_bytes(with_cells(TINY_SOLVED, {}))
    third = grade(cohort)
    assert [name for name, outcome in third.items() if not outcome.reused] == ["bob"]
    assert third["bob"].verdict["earned"] == TINY_POINTS

    stored = read_verdict(cohort.root, TINY, "bob")
    assert grade_one(cohort.root, TINY, "bob") == stored


@pytest.mark.slow
def test_a_bank_without_answers_is_asked_before_anyone_is_judged(cohort: Course):
    """Working them out in the middle of a submission ended its process, and then the whole run."""
    bank = cohort.root / "assignments" / TINY / "mistakes" / "mean"
    bank.mkdir()
    (bank / "largest.py").write_text(f'"""Is it one of them?"""\n{TINY_WRONG["mean"]}')
    graded = grade(cohort)
    assert {name: outcome.verdict["earned"] for name, outcome in graded.items()} == {
        "ada": TINY_POINTS,
        "bob": BOB,
        "cyd": 0.0,
    }
    [check] = [c for c in graded["bob"].verdict["checks"] if c["exercise"] == "mean"]
    assert {claim["mistake"] for claim in check["claims"] if not claim["passed"]} == {"largest"}


def test_a_process_that_lives_long_judges_by_the_claims_as_they_are_now(cohort: Course):
    """A formgrader grades one by one, and the claims are corrected in between."""
    assert grade_one(cohort.root, TINY, "ada")["earned"] == TINY_POINTS
    claims = cohort.root / "assignments" / TINY / "mean.py"
    text = claims.read_text()
    right = "return float(np.sum(values) / len(values))"
    assert right in text
    claims.write_text(text.replace(right, "return float(np.median(values))"))
    handed_in = cohort.root / "submitted" / "bob" / TINY_NOTEBOOK
    handed_in.write_bytes(with_cells(TINY_SOLVED, {}) + b"\n")
    for student in ("bob", "ada"):
        assert grade_one(cohort.root, TINY, student)["earned"] < TINY_POINTS


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
        "ada": TINY_POINTS,
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

    verdict = graders.poisonous(plan, hand_in())
    written = json.loads(write_verdict(tmp_path, verdict).read_text())
    assert (written["earned"], written["possible"], written["status"]) == (0.0, 18.0, "poisonous")


def test_claims_and_release_must_agree_in_points(tmp_path: Path):
    worksheet = course_of(tmp_path, {})
    path = worksheet.root / "release" / ASSIGNMENT / "worksheet.ipynb"
    path.write_text(path.read_text().replace('"points": 3', '"points": 30'))
    with pytest.raises(CourseError, match="tf_log_like"):
        _ = Course(worksheet.root, ASSIGNMENT).content


def test_without_a_source_exercises_come_in_the_order_of_the_release(tmp_path: Path):
    cohort = course_of(tmp_path, {})
    assert not (cohort.root / "source").exists()
    assert tuple(cohort.content.exercises) == cohort.released.exercises
    assert "tensorflow" in cohort.imports


def test_a_grader_that_does_not_start_is_told_with_its_reason(hand_in):
    told = pytest.raises(CourseError, match=r"does not start \(AttributeError: .*fewer --jobs")
    with graders.Graders("no plan", 1, Options()) as pool, told:
        pool.grade(hand_in())


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
