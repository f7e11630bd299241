"""A cohort over several workers, and one submission by itself.

    for outcome in grade_cohort(course, course.students(), jobs=2, seed=7):
        print(outcome.student, outcome.verdict["earned"])

Each worker is a process of its own, with a verifier and a warm process. A submission goes to a
worker as data and comes back as a verdict, which is stored before anyone hears of it. A verdict
that is there already and still right is not made again, so the same command after an interruption
goes on where it stopped.
"""

from __future__ import annotations

import atexit
import concurrent.futures
import contextlib
import functools
import multiprocessing
import os
import signal
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from course_lib.calls.text import one_line
from course_lib.checks.judging import SHRINKING, Plan
from course_lib.grading.cells import Submission
from course_lib.grading.course import Course, CourseError
from course_lib.grading.process import Budget, Warm, WarmError
from course_lib.grading.verdict import FORMAT, CheckResult, Verdict, write_verdict
from course_lib.grading.verifier import Verifier

ATTEMPTS = 2  # workers that one submission may cost before it is called poisonous


@dataclass(frozen=True)
class Options:
    """How to run: `without` names layers of isolation to leave off; `whole` runs every cell.

    shrinking: seconds, per exercise, for making failing inputs smaller.
    """

    without: tuple[str, ...] = ()
    whole: bool = False
    budget: Budget = field(default_factory=Budget)
    insist: bool = True
    shrinking: float = SHRINKING

    def verifier(self, plan: Plan) -> Verifier:
        """A verifier with its warm process. Raises CourseError where a core layer is missing."""
        warm = Warm(without=self.without)
        if warm.missing and self.insist:
            warm.close()
            raise CourseError(
                f"this machine cannot isolate submissions: {', '.join(warm.missing)} missing. "
                "`course doctor` says why and what to do; `--unjailed` grades all the same"
            )
        return Verifier(plan, warm, self.budget, self.whole, self.shrinking)


@dataclass(frozen=True)
class Outcome:
    """One submission's end. `reused`: the stored verdict was still right."""

    student: str
    verdict: Verdict
    reused: bool = False


def grade_cohort(
    course: Course,
    students: Iterable[str],
    *,
    jobs: int,
    seed: int,
    options: Options | None = None,
    again: bool = False,
) -> Iterator[Outcome]:
    """Grade `students`, `jobs` at a time; yields each as soon as its verdict is stored.

    again: make verdicts anew that are still right, with the same inputs.
    """
    due: list[Submission] = []
    for student in students:
        submission = course.submission(student)
        verdict = None if again else course.current(submission, seed)
        if verdict is None:
            due.append(submission)
        else:
            yield Outcome(student, verdict, reused=True)
    if not due:
        return
    plan = course.plan(seed)
    with Workers(plan, min(jobs, len(due)), options or Options()) as workers:
        for submission, verdict in workers.map(due):
            yield Outcome(submission.student, store(course, submission, verdict, seed))


def store(course: Course, submission: Submission, verdict: Verdict, seed: int) -> Verdict:
    """Write a verdict with its key."""
    verdict["key"] = course.key(submission, seed)
    write_verdict(course.root, verdict)
    return verdict


def grade_one(root: Path | str, assignment: str, student: str) -> Verdict:
    """The verdict on one submission: the stored one if it is still right, else made and stored.

    A warm process is kept for the next call from the same process.
    """
    course = Course(Path(root), assignment)
    submission = course.submission(student)
    seed = course.seed()
    verdict = course.current(submission, seed)
    if verdict is not None:
        return verdict
    return store(course, submission, _kept(Path(root), assignment, seed).grade(submission), seed)


@functools.lru_cache(maxsize=1)
def _kept(root: Path, assignment: str, seed: int) -> Verifier:
    verifier = Options().verifier(Course(root, assignment).plan(seed))
    atexit.register(verifier.warm.close)
    return verifier


class Workers:
    """`jobs` worker processes; one that dies costs nobody but the submission that it was on."""

    def __init__(self, plan: Plan, jobs: int, options: Options) -> None:
        self._plan, self._options = plan, options
        self._mine = threading.local()
        self._all: list[concurrent.futures.ProcessPoolExecutor] = []
        self._threads = concurrent.futures.ThreadPoolExecutor(jobs)

    def map(
        self, submissions: list[Submission], only: Mapping[str, Collection[str]] | None = None
    ) -> Iterator[tuple[Submission, Verdict]]:
        """Each submission with its verdict, in the order in which they are done.

        only: for a student, the exercises to judge; all, unless they are given.
        """
        futures = {
            self._threads.submit(self._grade, each, (only or {}).get(each.student)): each
            for each in submissions
        }
        for future in concurrent.futures.as_completed(futures):
            yield futures[future], future.result()

    def _grade(self, submission: Submission, only: Collection[str] | None) -> Verdict:
        why = ""
        for _ in range(ATTEMPTS):
            worker = self._worker()
            try:
                return worker.submit(_work, submission, only).result()
            except WarmError:  # nobody's submission
                raise
            except Exception as error:  # a dead worker, or a mistake of ours that this one found
                why = one_line(f"{type(error).__name__}: {error}")
                self._mine.worker = None
        return poisonous(self._plan, submission, why)

    def _worker(self) -> concurrent.futures.ProcessPoolExecutor:
        """This thread's worker. Raises CourseError where none starts: no submission's doing."""
        for _ in range(ATTEMPTS):
            worker: concurrent.futures.ProcessPoolExecutor | None
            worker = getattr(self._mine, "worker", None)
            if worker is not None:
                return worker
            worker = concurrent.futures.ProcessPoolExecutor(
                1, mp_context=multiprocessing.get_context("spawn"), initializer=_start
            )
            self._all.append(worker)
            # The plan follows as a task. With what a process is started with it would not fit into
            # a pipe, and a worker killed before it had read it would leave this one writing.
            with contextlib.suppress(BrokenProcessPool):
                worker.submit(_prepare, self._plan, self._options).result()
                self._mine.worker = worker
                return worker
        raise CourseError("a worker was killed while it started: is the machine out of memory?")

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_error: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            for process in list((worker._processes or {}).values()):
                process.kill()  # its warm process and what that runs go with it
            worker.shutdown(wait=False, cancel_futures=True)


def _start() -> None:
    """A worker's first act. Ctrl-C is the parent's to handle; without a parent there is no work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """Killed or not, a grader leaves no worker behind: the warm process hangs up with this one."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


_verifier: Verifier


def _prepare(plan: Plan, options: Options) -> None:
    """Its second: a worker that cannot start is the grader's trouble, and no submission's."""
    global _verifier
    _verifier = options.verifier(plan)


def _work(submission: Submission, only: Collection[str] | None) -> Verdict:
    return _verifier.grade(submission, only)


def poisonous(plan: Plan, submission: Submission, why: str = "") -> Verdict:
    """The verdict on a submission on which workers died: nothing earned, and it says why."""
    sentence = "Grading this notebook ended the grader's own process, twice; it earns nothing."
    checks = [
        CheckResult(
            exercise=exercise.name,
            earned=0.0,
            points=exercise.points,
            status="crashed",
            claims=[],
            message=sentence,
        )
        for exercise in plan.checks.exercises.values()
    ]
    return Verdict(
        format=FORMAT,
        assignment=submission.assignment,
        student=submission.student,
        notebook=submission.notebook,
        seed=plan.seed,
        isolation=[],
        earned=0.0,
        possible=sum(check["points"] for check in checks),
        cpu_seconds=0.0,
        wall_seconds=0.0,
        content_hash=submission.content_hash,
        status="poisonous",
        checks=checks,
        notices=[sentence, *submission.notices],
        remarks=[f"ended {ATTEMPTS} workers: {why}", *submission.remarks],
        cells={},
    )
