"""`course try NN_topic`: an exercise's solution, mistakes and right answers, judged in seconds.

    try_assignment(Path("."), "01_pendulum", "period")      # 0: all of them are as they should be

Everything is read straight from `source/` and `assignments/`: nothing is built or released. What is
tried is judged as a submission is, in a sandbox, and what is printed is what a student would read.
"""

from __future__ import annotations

import difflib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
from rich.console import Console

from course_lib.authoring import scan_assignment
from course_lib.claims.bank import Entry
from course_lib.claims.sampling import SamplingPlan
from course_lib.errors import CourseError
from course_lib.feedback.card import text
from course_lib.feedback.results import ExerciseReport
from course_lib.grading.audit.run import SEED, submission
from course_lib.grading.course import Course
from course_lib.grading.pool.engine import Graders, Options, prepare
from course_lib.limits import usable_cores
from course_lib.notebook.submission import Submission
from course_lib.text import in_points


@dataclass(frozen=True)
class Tried:
    """One thing that was tried at an exercise: the solution (no entry), or a file of its bank."""

    exercise: str
    entry: Entry | None = None

    @property
    def student(self) -> str:
        """The name under which it is graded."""
        return f"{self.entry.kind}/{self.entry.name}" if self.entry else f"solution/{self.exercise}"

    @property
    def wrong_on_purpose(self) -> bool:
        """Whether it has to lose points."""
        return self.entry is not None and self.entry.kind == "mistakes"

    def submission(self, course: Course) -> Submission:
        """The instructor's notebook, with this in place of one solution."""
        if self.entry is None:
            return replace(course.solutions, student=self.student)
        return submission(course, self.entry, self.student)


def try_assignment(
    root: Path,
    assignment: str,
    exercise: str | None = None,
    *,
    jobs: int | None = None,
    unjailed: bool = False,
) -> int:
    """Try one exercise, or all of them; print what comes of it; the exit code of `course try`.

    Raises CourseError where there is no such exercise, AuthoringError where the notebook cannot be
    read, and ForkServerError where nothing can be run.
    """
    start = time.monotonic()
    course = Course(root, assignment, from_source=True)
    chosen = _chosen(course, exercise)
    faults = scan_assignment(assignment, root)
    if faults:
        click.echo("\n".join(["To be corrected first:", *map(str, faults), ""]))
    plan = SamplingPlan.draw(course.content, SEED, only=chosen)
    plan.imports = course.imports
    names = [name for name in chosen if name not in plan.faults]
    bank = course.bank()
    tried = [
        each
        for name in names
        for each in [Tried(name), *(Tried(name, e) for e in bank.entries if e.exercise == name)]
    ]
    plan.mistakes = course.mistakes_among(e for e in bank.mistakes if e.exercise in names)
    checks, failed = (
        _judged(course, plan, tried, Options(insist=not unjailed), jobs) if tried else ({}, [])
    )
    if failed:
        click.echo("\n".join(["Explanations that failed:", *failed, ""]))
    problems = len(faults) + len(failed)
    for each in tried:
        if each.entry is None:
            about = course.content.exercises[each.exercise]
            count = f"{len(about.claims)} claim{'s' * (len(about.claims) != 1)}"
            click.echo(f"{each.exercise}: {in_points(about.points)}, {count}")
        lines, right = _in_words(each, checks[each.student])
        problems += not right
        click.echo("\n".join(lines))
    click.echo(_summary(tried, problems, time.monotonic() - start))
    return 1 if problems else 0


def _chosen(course: Course, exercise: str | None) -> list[str]:
    """The exercises to try: those that have a solution in the notebook."""
    known = course.content.exercises
    if exercise is not None and exercise not in known and exercise not in course.content.broken:
        close = difflib.get_close_matches(exercise, known, n=1)
        hint = f"did you mean {close[0]}?" if close else f"it has {', '.join(known) or 'none'}"
        raise CourseError(f"{course.assignment} has no exercise {exercise!r}: {hint}")
    solved = {cell.grade_id for cell in course.solutions.cells if cell.role == "solution"}
    return [name for name in known if name in solved and exercise in (None, name)]


def _judged(
    course: Course,
    plan: SamplingPlan,
    tried: Sequence[Tried],
    options: Options,
    jobs: int | None,
) -> tuple[dict[str, ExerciseReport], list[str]]:
    """What each of them earned, at its own exercise alone; explanations that failed."""
    only = {each.student: (each.exercise,) for each in tried}
    checks: dict[str, ExerciseReport] = {}
    failed: list[str] = []  # explanations and pictures, with file and line
    with Console(stderr=True).status("starting the sandbox …") as status:
        prepare(plan, options)
        with Graders(plan, min(jobs or usable_cores(), len(tried)), options) as graders:
            for done, verdict in graders.map((each.submission(course) for each in tried), only):
                (name,) = only[done.student]
                report = next(c for c in verdict["checks"] if c["exercise"] == name)
                if report["status"] == "ungraded":
                    about = f"{name} is not graded: "
                    remarks = [r for r in verdict.get("remarks", []) if r.startswith(about)]
                    report["message"] = "\n".join(r.removeprefix(about) for r in remarks)
                checks[done.student] = report
                failed += [r for r in verdict.get("remarks", []) if " is shown without " in r]
                status.update(f"{len(checks)} of {len(tried)} tried …")
    return checks, list(dict.fromkeys(failed))


def _in_words(tried: Tried, check: ExerciseReport) -> tuple[list[str], bool]:
    """The lines about one of them, and whether it is as it should be."""
    points = f"{check['earned']:g} of {in_points(check['points'])}"
    full = check["earned"] >= check["points"]
    failed = [claim for claim in check["claims"] if not claim["passed"]]
    by = ", ".join(claim["claim"] for claim in failed) or check["status"]
    if check["status"] == "ungraded":
        what = f"answer {tried.entry.slug}" if tried.entry is not None else "solution"
        fault = check.get("message", "").splitlines()
        return [
            f"  {what}: NOT GRADED, by an author's mistake",
            *(f"      {f}" for f in fault),
        ], False
    if tried.entry is None or not tried.wrong_on_purpose:
        name = "solution" if tried.entry is None else f"right answer {tried.entry.slug}"
        if full:
            return [f"  {name}: ok, {points}"], True
        return [f"  {name}: LOSES POINTS, {points}, by {by}", *_read(check)], False
    name = f"mistake {tried.entry.slug}"
    if full:
        hint = "next: write a claim that it breaks, or draw inputs on which it shows"
        return [f"  {name}: NOT CAUGHT, {points}", f"      {hint}"], False
    return [f"  {name}: caught, {points}, by {by}", *_read(check)], True


def _read(check: ExerciseReport) -> list[str]:
    """What a student reads of it: the claim with an explanation, else the first that fails."""
    failed = [claim for claim in check["claims"] if not claim["passed"]]
    claim = next((claim for claim in failed if claim.get("message")), failed[0] if failed else None)
    shown = text({**check, "claims": [claim] if claim else []})
    return [f"    {line}" for line in shown.splitlines()[1:]]


def _summary(tried: Sequence[Tried], problems: int, seconds: float) -> str:
    mistakes = sum(each.wrong_on_purpose for each in tried)
    right = len(tried) - mistakes
    said = f"{problems} to be corrected" if problems else "all as they should be"
    return f"{mistakes} mistakes and {right} right answers tried in {seconds:.1f} s: {said}."
