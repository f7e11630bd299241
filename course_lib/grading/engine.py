"""A cohort over several workers, and one submission by itself.

    for outcome in grade_cohort(course, course.students(), jobs=2, seed=7):
        print(outcome.student, outcome.verdict["earned"])

Each grader is a process of its own (`grader`), on this machine or on a cluster (`cluster`). A
submission goes to it as data and comes back as a verdict, which is stored before anyone hears of
it. A verdict that is there already and still right is not made again, so the same command after an
interruption goes on where it stopped.
"""

from __future__ import annotations

import atexit
import concurrent.futures
import contextlib
import functools
import itertools
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from course_lib.calls.text import one_line
from course_lib.checks.judging import Plan
from course_lib.grading.cells import Submission
from course_lib.grading.course import Course, CourseError
from course_lib.grading.grader import Grader, GraderError, Options, pack
from course_lib.grading.verdict import FORMAT, CellResult, CheckResult, Verdict, write_verdict
from course_lib.grading.verifier import Verifier

if TYPE_CHECKING:
    from course_lib.grading.cluster import Cluster

Cells = dict[str, CellResult]
Result = TypeVar("Result")

ATTEMPTS = 2  # workers that one submission may cost before it is called poisonous
AHEAD = 2  # submissions that are read before a grader is free, so that none waits for the disk


@dataclass(frozen=True)
class Outcome:
    """One submission's end, or news of it.

    reused: the stored verdict was still right. shown: the same verdict once more, now with what
    the demonstrations show.
    """

    student: str
    verdict: Verdict
    reused: bool = False
    shown: bool = False


def grade_cohort(
    course: Course,
    students: Iterable[str],
    *,
    jobs: int,
    seed: int,
    options: Options | None = None,
    again: bool = False,
    scheduler: str | None = None,
    demonstrations: bool = False,
) -> Iterator[Outcome]:
    """Grade `students`, `jobs` at a time; yields each as soon as its verdict is stored.

    scheduler: the address of a Dask scheduler, whose workers are then used, all of them.
    demonstrations: when all are graded, run the demonstrations that were left alone, and yield the
    verdicts that have them again.
    """
    due: list[str] = []
    silent: list[str] = []
    for student in students:
        verdict = None if again else course.still_right(student, seed)
        if verdict is None:
            due.append(student)
        else:
            yield Outcome(student, verdict, reused=True)
        if demonstrations and not (verdict and verdict.get("demonstrated")):
            silent.append(student)
    if not due and not silent:
        return
    kept: dict[str, dict[str, CheckResult]] = {}
    only: dict[str, Collection[str]] = {}

    def read(student: str) -> Submission:
        submission = course.submission(student)
        kept[student] = {} if again else course.kept(submission, seed)
        only[student] = course.checks.exercises.keys() - kept[student].keys()
        return submission

    plan, jobs = course.plan(seed), min(jobs, len(due) or len(silent))
    prepare(plan, options or Options())
    with _workers(plan, options or Options(), jobs, scheduler) as workers:
        for submission, verdict in workers.map(map(read, due), only):
            complete(verdict, kept.pop(submission.student))
            yield Outcome(submission.student, store(course, submission, verdict, seed))
        for submission, cells in workers.demonstrations(map(course.submission, silent)):
            verdict = course.current(submission, seed)
            if verdict is not None:  # else it was handed in anew meanwhile, and is due again
                verdict["cells"] = verdict.get("cells", {}) | cells
                verdict["demonstrated"] = True
                write_verdict(course.root, verdict)
                yield Outcome(submission.student, verdict, shown=True)


def _workers(plan: Plan, options: Options, jobs: int, scheduler: str | None) -> Workers | Cluster:
    if scheduler is None:
        return Workers(plan, jobs, options)
    from course_lib.grading.cluster import Cluster  # the extra `[cluster]`

    return Cluster(plan, scheduler, options)


def prepare(plan: Plan, options: Options) -> bool:
    """Work out what the bank's mistakes answer, where its file is out of date; whether it was.

    Before anything is graded: a grader that judges has its warm process at work already.
    """
    mistakes = plan.mistakes
    if mistakes is None or not mistakes.stale(plan.checks):
        return False
    if not mistakes.prepare(plan.checks):
        with options.verifier(plan).warm as warm:
            mistakes.prepare(plan.checks, warm)
    return True


def complete(verdict: Verdict, kept: Mapping[str, CheckResult]) -> None:
    """Put results of earlier, which are still right, beside those that were made anew."""
    made = {check["exercise"] for check in verdict["checks"]}
    verdict["checks"] += [check for name, check in kept.items() if name not in made]
    verdict["earned"] = round(sum(check["earned"] for check in verdict["checks"]), 6)
    verdict["possible"] = round(sum(check["points"] for check in verdict["checks"]), 6)


def store(course: Course, submission: Submission, verdict: Verdict, seed: int) -> Verdict:
    """Write a verdict with its keys, its exercises in their order."""
    order = list(course.checks.exercises)
    verdict["checks"].sort(key=lambda check: order.index(check["exercise"]))
    verdict["key"] = course.key(submission, seed)
    verdict["check_keys"] = course.keys.of(submission.content_hash, seed)
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
    plan = Course(root, assignment).plan(seed)
    prepare(plan, Options())
    verifier = Options().verifier(plan)
    atexit.register(verifier.warm.close)
    return verifier


class Workers:
    """`jobs` graders at a time; one that dies costs nobody but the submission that it was on."""

    def __init__(self, plan: Plan, jobs: int, options: Options) -> None:
        self._plan, self._packed = plan, pack(plan, options)
        self._mine = threading.local()
        self._all: list[Grader] = []
        self._closed = False
        self._threads = concurrent.futures.ThreadPoolExecutor(jobs)
        self._width = jobs + AHEAD

    def map(
        self,
        submissions: Iterable[Submission],
        only: Mapping[str, Collection[str]] | None = None,
    ) -> Iterator[tuple[Submission, Verdict]]:
        """Each submission with its verdict, in the order in which they are done.

        only: for a student, the exercises to judge; all, unless they are given.
        """

        def start(submission: Submission) -> Future[Verdict]:
            asked = (only or {}).get(submission.student)
            return self._threads.submit(self.grade, submission, asked)

        for submission, future in windowed(start, submissions, lambda: self._width):
            yield submission, future.result()

    def demonstrations(
        self, submissions: Iterable[Submission]
    ) -> Iterator[tuple[Submission, Cells]]:
        """Each submission with what its demonstrations show, as soon as they have."""

        def start(submission: Submission) -> Future[Cells]:
            return self._threads.submit(self.demonstrate, submission)

        for submission, future in windowed(start, submissions, lambda: self._width):
            yield submission, future.result()

    def grade(self, submission: Submission, only: Collection[str] | None = None) -> Verdict:
        """The verdict on `submission`, by the calling thread's own grader."""
        try:
            return self._tried(lambda grader: grader.grade(submission, only))
        except GraderError as error:
            return poisonous(self._plan, submission, one_line(error))

    def demonstrate(self, submission: Submission) -> Cells:
        """What its demonstrations show; nothing where they end a grader."""
        try:
            return self._tried(lambda grader: grader.demonstrate(submission))
        except GraderError:
            return {}

    def _tried(self, ask: Callable[[Grader], Result]) -> Result:
        """What this thread's grader says, or the next one. Raises GraderError if they all end."""
        for attempt in range(1, ATTEMPTS + 1):
            grader = self._grader()
            try:
                return ask(grader)
            except GraderError:
                grader.close()
                self._mine.grader = None
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError("unreachable")

    def _grader(self) -> Grader:
        """This thread's grader. Raises CourseError where none starts: no submission's doing."""
        mine: Grader | None = getattr(self._mine, "grader", None)
        if mine is not None:
            return mine
        for _ in range(ATTEMPTS):
            grader = Grader()
            self._all.append(grader)
            if self._closed:
                grader.close()
            with contextlib.suppress(GraderError):
                grader.start(self._packed)
                self._mine.grader = grader
                return grader
        raise CourseError("a grader was killed while it started: is the machine out of memory?")

    def close(self) -> None:
        """End all graders, whatever they are at."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for grader in self._all:
            grader.close()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def windowed(
    start: Callable[[Submission], Future[Result]],
    submissions: Iterable[Submission],
    width: Callable[[], int],
    pulse: float | None = None,
) -> Iterator[tuple[Submission, Future[Result]]]:
    """Start submissions, `width()` of them at a time; yields each when it is done.

    What is not started yet is not read yet, so memory does not grow with the cohort. `width` is
    asked whenever something is done, and every `pulse` seconds while nothing is.
    """
    waiting: dict[Future[Result], Submission] = {}
    rest = iter(submissions)
    while True:
        for submission in itertools.islice(rest, max(0, width() - len(waiting))):
            waiting[start(submission)] = submission
        if not waiting:
            return
        done, _ = concurrent.futures.wait(
            waiting, pulse, return_when=concurrent.futures.FIRST_COMPLETED
        )
        for future in done:
            yield waiting.pop(future), future


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
