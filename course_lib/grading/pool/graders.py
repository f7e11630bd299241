"""Graders on this machine, several at a time, and the verdict on what ends them.

    with Graders(plan, 2, Options()) as graders:
        for submission, verdict in graders.map(submissions): ...

One thread holds one grader (`grader`), a process of its own. `cluster` has the same on many
machines, one `Graders` on each of Dask's.
"""

from __future__ import annotations

import concurrent.futures
import itertools
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future
from typing import TypeVar

from course_lib.claims.sampling import SamplingPlan
from course_lib.errors import CourseError
from course_lib.feedback.results import ExerciseReport
from course_lib.grading.parts import name_in
from course_lib.grading.pool.grader import Grader, GraderError, Options, pack
from course_lib.grading.verdict import FORMAT, CellResult, Verdict
from course_lib.notebook.plain import is_plain
from course_lib.notebook.submission import Submission
from course_lib.text import one_line

Cells = dict[str, CellResult]
Result = TypeVar("Result")

ATTEMPTS = 2  # graders that one submission may cost before it is called poisonous
AHEAD = 2  # submissions that are read before a grader is free, so that none waits for the disk


class Graders:
    """`jobs` graders at a time; one that dies affects only the submission that it was grading."""

    def __init__(self, plan: SamplingPlan, jobs: int, options: Options) -> None:
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
            if mine.alive:
                return mine
            mine.close()  # it ended while it had nothing to do: the next submission is not to blame
        why = ""
        for _ in range(ATTEMPTS):
            grader = Grader()
            self._all.append(grader)
            if self._closed:
                grader.close()
            try:
                grader.start(self._packed)
            except GraderError as error:
                why = one_line(error)
                grader.close()
            else:
                self._mine.grader = grader
                return grader
        raise CourseError(
            f"a grader does not start ({why}). Next: if the machine is out of memory, fewer --jobs"
        )

    def close(self) -> None:
        """End all graders at once."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for grader in self._all:
            grader.close()

    def __enter__(self) -> Graders:
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


def poisonous(plan: SamplingPlan, submission: Submission, why: str = "") -> Verdict:
    """The verdict on a submission on which graders died: nothing earned, and it says why."""
    sentence = "Grading this notebook ended the grader's own process, twice; it earns nothing."
    points = {name: exercise.points for name, exercise in plan.assignment.exercises.items()}
    for part in submission.parts:
        for cell in part.cells:
            if is_plain(cell) and cell.exercise:
                several = name_in(part.notebook, cell.exercise)
                points[several if submission.more else cell.exercise] = cell.points
    checks = [
        ExerciseReport(
            exercise=name, earned=0.0, points=worth, status="crashed", claims=[], message=sentence
        )
        for name, worth in points.items()
    ]
    verdict = Verdict(
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
        remarks=[f"ended {ATTEMPTS} graders: {why}", *submission.remarks],
        cells={},
    )
    if submission.more:
        verdict["notebooks"] = [part.notebook for part in submission.parts]
    return verdict
