"""A cohort on a Dask cluster: the same verdicts as at home, or a clear word."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

import course_lib
from course_lib.errors import CourseError
from course_lib.grading.course import Course
from course_lib.grading.pool import cluster
from course_lib.grading.pool.engine import Options, Outcome, grade_cohort
from course_lib.grading.sandbox import LAYERS
from tests.course_folder import TINY_POINTS
from tests.grading.conftest import SEED, with_cells
from tests.scale.conftest import TINY_SOLVED, Dask, tiny_course

UNALIKE = ("cpu_seconds", "wall_seconds", "timings")  # of two runs of the same submission


def grade(course: Course, scheduler: str | None, **options) -> dict[str, Outcome]:
    outcomes = list(
        grade_cohort(course, course.students(), jobs=2, seed=SEED, scheduler=scheduler, **options)
    )
    names = [outcome.student for outcome in outcomes]
    assert sorted(names) == course.students()  # each once
    return dict(zip(names, outcomes, strict=True))


def comparable(outcome: Outcome) -> dict:
    return {key: value for key, value in outcome.verdict.items() if key not in UNALIKE}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.slow
def test_a_cluster_gives_the_verdicts_that_this_machine_gives(course: Course, dask: Dask):
    dask.worker()
    there = grade(course, dask.address)
    here = grade(course, None, again=True)
    for student in course.students():
        assert comparable(there[student]) == comparable(here[student])
    assert all(outcome.reused for outcome in grade(course, dask.address).values())


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_costs_nobody_a_verdict(tmp_path: Path, dask: Dask):
    right = with_cells(TINY_SOLVED, {})
    course = tiny_course(tmp_path / "course", {f"s{n}": right for n in range(6)})
    workers = [dask.worker("--no-nanny"), dask.worker()]  # one is gone for good
    stored = course.root / "verdicts" / course.assignment

    def kill_when_two_are_done() -> None:
        while len(list(stored.glob("[!.]*.json"))) < 2:
            time.sleep(0.05)
        os.kill(workers[0].pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_when_two_are_done, daemon=True)
    killer.start()
    outcomes = grade(course, dask.address)
    killer.join(1.0)
    assert workers[0].wait(10) == -signal.SIGKILL
    assert {name: o.verdict["earned"] for name, o in outcomes.items()} == dict.fromkeys(
        course.students(), TINY_POINTS
    )


POISON = """
import os, signal
from course_lib.grading.pool.grader import Grader

grade = Grader.grade


def falls_over(self, submission, only=None):
    if submission.student == "bob":
        os.kill(os.getpid(), signal.SIGKILL)
    return grade(self, submission, only)


Grader.grade = falls_over
"""


@pytest.mark.slow
def test_a_submission_at_which_workers_die_is_called_poisonous_and_nobody_else_is(
    course: Course, dask: Dask
):
    """The machine falls over whenever it meets bob; who was near him is graded all the same."""
    folder = course.root / "poison"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(POISON)  # Python runs this before all else
    dask.worker(path=folder)
    outcomes = grade(course, dask.address)
    assert outcomes["bob"].verdict["status"] == "poisonous"
    assert outcomes["bob"].verdict["earned"] == 0.0
    assert outcomes["ada"].verdict["earned"] == TINY_POINTS
    assert outcomes["cyd"].verdict["status"] == "unreadable"


def test_a_worker_with_another_package_is_refused_by_name(course: Course, dask: Dask):
    other = course.root / "other"
    shutil.copytree(Path(course_lib.__file__).parent, other / "course_lib")
    with (other / "course_lib" / "claims" / "judging.py").open("a") as file:
        file.write("\n# another version\n")
    dask.worker(path=other)
    with pytest.raises(CourseError, match=r"worker tcp://\S+ has other versions: course_lib "):
        grade(course, dask.address)


def test_a_worker_without_the_package_is_refused_by_name(course: Course, dask: Dask):
    empty = course.root / "empty" / "course_lib"
    empty.mkdir(parents=True)
    (empty / "__init__.py").touch()
    dask.worker(path=empty.parent)
    with pytest.raises(CourseError, match=r"worker tcp://\S+ cannot grade: .*course_lib"):
        grade(course, dask.address)


def test_a_worker_that_cannot_isolate_is_refused_by_name(course: Course, dask: Dask, monkeypatch):
    monkeypatch.setattr(Course, "mistakes", lambda _: None)  # they would be run here, and refused
    dask.worker()
    with pytest.raises(CourseError, match=r"worker tcp://\S+: this machine cannot .*--unjailed"):
        grade(course, dask.address, options=Options(without=LAYERS))
    outcomes = grade(course, dask.address, options=Options(without=LAYERS, insist=False))
    assert outcomes["ada"].verdict["isolation"] == []
    assert outcomes["ada"].verdict["earned"] == TINY_POINTS


def test_a_worker_that_does_not_see_the_data_is_refused_by_name(
    course: Course, dask: Dask, monkeypatch
):
    monkeypatch.setattr(Course, "mistakes", lambda _: None)  # they would be asked here first
    monkeypatch.setattr(Course, "data", "/not/on/that/node")
    dask.worker()
    with pytest.raises(CourseError, match=r"worker tcp://\S+ does not see /not/on/that/node.*Next"):
        grade(course, dask.address)


def test_a_scheduler_that_is_not_there_is_said_so_in_seconds(course: Course, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT", 2.0)
    address = f"tcp://127.0.0.1:{free_port()}"
    began = time.process_time()
    with pytest.raises(CourseError, match=f"no Dask scheduler answers at {address}"):
        grade(course, address)
    with pytest.raises(CourseError, match="no Dask scheduler answers at nowhere"):
        grade(course, "nowhere")
    assert time.process_time() - began < 30.0  # the plan's draws, twice


def test_a_gateways_cluster_needs_the_gateways_client(course: Course, monkeypatch):
    monkeypatch.setitem(sys.modules, "dask_gateway", None)  # as where it is not installed
    with pytest.raises(CourseError, match=r"is a dask-gateway's, .* pip install dask-gateway"):
        grade(course, "gateway://127.0.0.1:8000/mine")


def test_a_scheduler_without_workers_is_said_so(course: Course, dask: Dask, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    with pytest.raises(CourseError, match="has no workers"):
        grade(course, dask.address)


@pytest.mark.slow
def test_a_connection_that_is_lost_is_said_so_and_the_rest_can_be_done(
    course: Course, dask: Dask, monkeypatch
):
    monkeypatch.setattr(cluster, "CONNECT", 2.0)
    dask.worker()
    outcomes = grade_cohort(course, course.students(), jobs=2, seed=SEED, scheduler=dask.address)
    first = next(outcomes)
    os.kill(dask.scheduler.pid, signal.SIGKILL)
    with pytest.raises(CourseError, match=r"connection .* is lost"):
        list(outcomes)
    rest = grade(course, None)
    assert rest[first.student].reused
    assert rest["ada"].verdict["earned"] == TINY_POINTS
