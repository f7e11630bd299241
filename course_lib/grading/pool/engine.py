"""A cohort over several graders, and one submission by itself.

    for outcome in grade_cohort(course, course.students(), jobs=2, seed=7):
        print(outcome.student, outcome.verdict["earned"])

Each grader is a process of its own, on this machine (`graders`) or on a cluster (`cluster`). A
submission goes to it as data and comes back as a verdict, which is stored before anyone hears of
it. A verdict that is there already and still right is not made again, so the same command after an
interruption goes on where it stopped.
"""

from __future__ import annotations

import atexit
import collections
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback.results import ExerciseReport
from course_lib.grading.course import Course
from course_lib.grading.parts import said_of
from course_lib.grading.pool.grader import Options
from course_lib.grading.pool.graders import Graders
from course_lib.grading.verdict import Verdict, exercise_in, write_verdict
from course_lib.grading.verifier import Verifier
from course_lib.notebook.submission import Submission

if TYPE_CHECKING:
    from course_lib.grading.pool.cluster import Cluster


@dataclass(frozen=True)
class Outcome:
    """One submission, as it was read, and its verdict.

    reused: the stored verdict was still right. shown: the same verdict once more, now with what
    the demonstrations show.
    """

    submission: Submission
    verdict: Verdict
    reused: bool = False
    shown: bool = False

    @property
    def student(self) -> str:
        """Whose it is."""
        return self.submission.student


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
    silent: list[str] = []
    reused: collections.deque[Outcome] = collections.deque()
    kept: dict[str, dict[str, ExerciseReport]] = {}
    only: dict[str, Collection[str]] = {}

    def read() -> Iterator[Submission | Outcome]:
        """Each submission that is to be graded, read once; of the others their outcome."""
        for student in students:
            submission = course.submission(student)
            verdict = None if again else repeated(course, submission, seed)
            if demonstrations and not (verdict and verdict.get("demonstrated")):
                silent.append(student)
            if verdict is not None:
                yield Outcome(submission, verdict, reused=True)
                continue
            kept[student] = {} if again else course.kept(submission, seed)
            only[student] = set(course.order) - kept[student].keys()
            yield submission

    waiting, first = read(), None
    for each in waiting:
        if isinstance(each, Submission):
            first = each
            break
        yield each
    if first is None and not silent:
        return

    def due() -> Iterator[Submission]:
        """What is to be graded; the others are set aside until a verdict has come."""
        for each in itertools.chain([first] if first else [], waiting):
            if isinstance(each, Submission):
                yield each
            else:
                reused.append(each)

    plan, options = course.plan(seed), options or Options()
    prepare(plan, options)
    with _graders(plan, options, jobs, scheduler) as graders:
        for submission, verdict in graders.map(due(), only):
            complete(verdict, kept.pop(submission.student))
            yield Outcome(submission, store(course, submission, verdict, seed))
            yield from _taken(reused)
        yield from _taken(reused)
        for submission, cells in graders.demonstrations(map(course.submission, silent)):
            stored = course.current(submission, seed)
            if stored is not None:  # else it was handed in anew meanwhile, and is due again
                stored["cells"] = stored.get("cells", {}) | cells
                stored["demonstrated"] = True
                write_verdict(course.root, stored)
                yield Outcome(submission, stored, shown=True)


def _taken(outcomes: collections.deque[Outcome]) -> Iterator[Outcome]:
    """The outcomes, each taken out: a cohort's hand-ins would not fit into memory."""
    while outcomes:
        yield outcomes.popleft()


def _graders(
    plan: SamplingPlan, options: Options, jobs: int, scheduler: str | None
) -> Graders | Cluster:
    if scheduler is None:
        return Graders(plan, jobs, options)
    from course_lib.grading.pool.cluster import Cluster  # the extra `[cluster]`

    return Cluster(plan, scheduler, options)


def prepare(plan: SamplingPlan, options: Options) -> bool:
    """Work out what the bank's mistakes answer, where its file is out of date; whether it was.

    Before anything is graded: a grader that judges has its fork server at work already.
    """
    mistakes = plan.mistakes
    if mistakes is None or not mistakes.stale(plan):
        return False
    if not mistakes.prepare(plan):
        with options.verifier(plan).fork_server as fork_server:
            mistakes.prepare(plan, fork_server)
    return True


def complete(verdict: Verdict, kept: Mapping[str, ExerciseReport]) -> None:
    """Put results of earlier, which are still right, beside those that were made anew."""
    made = {check["exercise"] for check in verdict["checks"]}
    for name, check in kept.items():
        if name not in made:
            verdict["remarks"] += check.pop("remarks", [])
            verdict["checks"].append(check)
    verdict["earned"] = round(sum(check["earned"] for check in verdict["checks"]), 6)
    verdict["possible"] = round(sum(check["points"] for check in verdict["checks"]), 6)


def store(course: Course, submission: Submission, verdict: Verdict, seed: int) -> Verdict:
    """Write a verdict with the student's name and its keys, its exercises in their order."""
    order = course.order
    if submission.name:
        verdict["name"] = submission.name
    verdict["checks"].sort(key=lambda check: order.index(check["exercise"]))
    verdict["key"] = course.key(submission, seed)
    verdict["check_keys"] = course.keys.of(submission.content_hash, seed)
    write_verdict(course.root, verdict)
    return verdict


def repeated(course: Course, submission: Submission, seed: int) -> Verdict | None:
    """The stored verdict, if it is still right, with what is to be said of this hand-in now.

    The same code may come in a file of another name, or with other cells around it.
    """
    verdict = course.current(submission, seed)
    if verdict is None:
        return None
    judged = {check["exercise"] for check in verdict["checks"]}
    ran = verdict.get("run_notices", [])
    staff = [
        line for line in verdict.get("remarks", []) if line in ran or exercise_in(line) in judged
    ]
    said = {
        "notices": [*said_of(submission, "notices"), *ran],
        "remarks": [*said_of(submission, "remarks"), *staff],
    }
    if any(verdict.get(name, []) != lines for name, lines in said.items()):
        verdict.update(said)  # type: ignore[typeddict-item]
        write_verdict(course.root, verdict)
    return verdict


def grade_one(root: Path | str, assignment: str, student: str) -> Verdict:
    """The verdict on one submission: the stored one if it is still right, else made and stored.

    A fork server is kept for the next call from the same process, while nothing changes.
    """
    course = Course(Path(root), assignment)
    submission = course.submission(student)
    seed = course.seed()
    verdict = repeated(course, submission, seed)
    if verdict is not None:
        return verdict
    return store(course, submission, _verifier(course, seed).grade(submission), seed)


_kept: dict[tuple[Path, str, str, int], Verifier] = {}  # one at most


def _verifier(course: Course, seed: int) -> Verifier:
    """One for this course as it is now: a formgrader's process lives for days."""
    which = (course.root.resolve(), course.assignment, course.fingerprint, seed)
    if which not in _kept:
        _close_kept()
        plan = course.plan(seed)
        prepare(plan, Options())
        _kept[which] = Options().verifier(plan)
    return _kept[which]


@atexit.register
def _close_kept() -> None:
    while _kept:
        _kept.popitem()[1].fork_server.close()
