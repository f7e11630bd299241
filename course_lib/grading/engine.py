"""A cohort over several workers, and one submission by itself.

    for outcome in grade_cohort(course, course.students(), jobs=2, seed=7):
        print(outcome.student, outcome.verdict["earned"])

Each grader is a process of its own, on this machine (`workers`) or on a cluster (`cluster`). A
submission goes to it as data and comes back as a verdict, which is stored before anyone hears of
it. A verdict that is there already and still right is not made again, so the same command after an
interruption goes on where it stopped.
"""

from __future__ import annotations

import atexit
import functools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.checks.judging import Plan
from course_lib.grading.cells import Submission
from course_lib.grading.course import Course
from course_lib.grading.grader import Options
from course_lib.grading.verdict import CheckResult, Verdict, write_verdict
from course_lib.grading.verifier import Verifier
from course_lib.grading.workers import Workers

if TYPE_CHECKING:
    from course_lib.grading.cluster import Cluster


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
