"""Measures the checks themselves: every file of a bank goes the way of a submission.

    audit = run_audit(Course(Path("."), "00_worksheet"), jobs=2)
    audit.passed            # nothing wrong accepted, nothing right refused

An autograder is a measuring instrument, and this is how its error is measured: false accepts over
a bank of mistakes, false rejects over a bank of right answers, forgeries over a bank of attacks.
Each file takes the place of one solution cell, the instructor's solutions fill the rest, and the
whole is run and judged by the same workers that grade a cohort.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from course_lib.checks.dependencies import choose
from course_lib.checks.judging import Plan
from course_lib.checks.mistakes import Known, Signature
from course_lib.grading.bank import Bank, Entry
from course_lib.grading.budget import Budget, usable_cores
from course_lib.grading.canaries import Canaries
from course_lib.grading.cells import Submission
from course_lib.grading.course import Course
from course_lib.grading.engine import Options, Workers, prepare
from course_lib.grading.fate import Audit, Fate, fate_of
from course_lib.grading.known import Asked
from course_lib.grading.mutants import mutants as mutants_of
from course_lib.grading.mutants import right_calls, some
from course_lib.grading.partial import Partial
from course_lib.grading.process import Warm
from course_lib.grading.verdict import write_whole

SEED = 2018  # of an audit that is not told another: the same inputs every time
# Seconds. A right answer takes a tenth of them; a loop without an end takes all of them.
FOR_ATTACKS = Budget(cell=2.5, first_call=5.0, call=2.0, notebook=30.0)
BETWEEN = 20  # attacks after which right answers are graded again, by the same worker

Progress = Callable[[int, int, str], None]  # how many are done, of how many, which was the last


def run_audit(
    course: Course,
    bank: Path | None = None,
    *,
    seed: int = SEED,
    jobs: int | None = None,
    attacks: bool = True,
    mutants: int = 0,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Audit:
    """Run every entry of the bank in folder `bank` (the assignment's own, unless it is given).

    mutants: how many generated mistakes to try as well.

    Raises BankError where that folder is no bank, and CourseError where the course cannot be
    graded. Files that cannot be used are `faults`, and the others are run.
    """
    course.checks.validate()  # before the bank is read: an assignment that is none is said first
    read = course.bank(bank)
    plan = course.plan(seed)
    plan.mistakes = course.mistakes(bank)
    claims = {
        name: tuple(claim.name for claim in exercise.claims)
        for name, exercise in plan.checks.exercises.items()
    }
    audit = Audit(course.assignment, seed, claims, faults=list(read.faults))
    options = replace(options or Options(), shrinking=0.0)
    entries = read.mistakes + read.alternatives
    jobs = jobs or usable_cores()
    total = len(entries) + (len(read.attacks) if attacks else 0) + mutants
    done = _Counter(total, progress)
    if prepare(plan, options) and bank is None:
        _publish_answers(course, plan)
    partial = _partial(course, plan)
    with Workers(plan, min(jobs, max(1, len(entries) + mutants)), options) as workers:
        fates = grade_entries(course, workers, entries, done, partial)
        if mutants:
            chosen = some(mutants_of(course.solutions.cells, claims), mutants, seed)
            audit.mutants = grade_entries(course, workers, chosen, done, partial)
    audit.mistakes = [fate for fate in fates if fate.entry.kind == "mistakes"]
    audit.alternatives = [fate for fate in fates if fate.entry.kind == "alternatives"]
    _set_right_ones_aside(audit, course, plan, options)
    if plan.mistakes is not None:
        audit.alike = plan.mistakes.groups(plan.checks)
        audit.faults += _no_mistakes(audit, plan)
    if attacks and read.attacks:
        hurried = replace(options, budget=FOR_ATTACKS)
        with Workers(
            replace(plan, mistakes=None), min(jobs, len(read.attacks)), hurried
        ) as workers:
            _attack(audit, course, read, workers, done)
    partial.finish()
    return audit


def _partial(course: Course, plan: Plan) -> Partial:
    """What an interrupted audit of the same checks, with the same inputs, has found already.

    Attacks are run every time: they measure this machine's isolation.
    """
    parts = [course.fingerprint, course.solutions.content_hash, str(plan.seed)]
    if plan.mistakes is not None:
        parts += [plan.mistakes.digest(plan.checks)]
    path = course.root / "verdicts" / course.assignment / ".audit-so-far.jsonl"
    return Partial(path, " ".join(parts))


def _publish_answers(course: Course, plan: Plan) -> None:
    """Write the bank's file of answers, by which graders and students name mistakes."""
    if plan.mistakes is not None:
        with contextlib.suppress(OSError):  # read-only: not kept
            write_whole(course.answers_path, plan.mistakes.shipped)


class _Counter:
    """Tells how many of all entries are done."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def __call__(self, name: str) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, max(self._done, self._total), name)


def grade_entries(
    course: Course,
    workers: Workers,
    entries: Iterable[Entry],
    done: Callable[[str], None],
    partial: Partial | None = None,
) -> list[Fate]:
    """The fate of each entry, in the order of `entries`; those in `partial` are not run again.

    A mistake, like an attack, is judged at its own exercise; a right answer at all of them, since
    others build on it.
    """
    by_name = {f"{number:05d}": entry for number, entry in enumerate(entries)}
    fates: dict[str, Fate] = {}
    for name, entry in by_name.items():
        if partial is not None and (fate := partial.get(entry)) is not None:
            fates[name] = fate
            done(entry.name)
    due = [submission(course, e, name) for name, e in by_name.items() if name not in fates]
    only = {
        name: (entry.exercise,) for name, entry in by_name.items() if entry.kind != "alternatives"
    }
    for handed_in, verdict in workers.map(due, only):
        fate = fates[handed_in.student] = fate_of(by_name[handed_in.student], verdict)
        if partial is not None:
            partial.put(fate)
        done(fate.name)
    return [fates[name] for name in by_name]


def submission(course: Course, entry: Entry, student: str = "bank") -> Submission:
    """The instructor's solutions with `entry` in place of one of them."""
    cells = tuple(
        replace(cell, source=entry.source, changed=True)
        if cell.grade_id == entry.exercise
        else cell
        for cell in course.solutions.cells
    )
    return replace(course.solutions, student=student, cells=cells)


def _no_mistakes(audit: Audit, plan: Plan) -> list[str]:
    """Mistakes that are none: they answer as the solution does."""
    return [
        f"mistakes/{fate.name}.py: it gives the solution's answers on every input; it is no mistake"
        for fate in audit.mistakes
        if fate.earned >= fate.points
        and plan.mistakes.right(plan.checks, fate.entry.exercise, fate.entry.slug)
    ]


def _attack(audit: Audit, course: Course, bank: Bank, workers: Workers, done: _Counter) -> None:
    """Run the attacks between canaries, and right answers after them."""
    first = next(iter(audit.claims))
    right = Entry("alternatives", first, "solution", "", course.solutions.cell(first).source)
    with Canaries(course.root, [entry.slug for entry in bank.attacks]) as canaries:
        queue: list[Entry] = []
        for number, entry in enumerate(bank.attacks, start=1):
            queue.append(replace(entry, source=canaries.told(entry.slug, entry.source)))
            if number % BETWEEN == 0 or number == len(bank.attacks):
                queue.append(right)
        fates = grade_entries(course, workers, queue, done)
        audit.attacks = [fate for fate in fates if fate.entry.kind == "attacks"]
        said = {fate.name for fate in audit.attacks if fate.breached}
        audit.touched = sorted(said.union(canaries.touched()))
    if lost := {name for fate in fates if fate.entry is right for name in fate.lost_at}:
        audit.faults.append(f"among the attacks, the solutions lost points at {', '.join(lost)}")


def _set_right_ones_aside(audit: Audit, course: Course, plan: Plan, options: Options) -> None:
    """Count the generated mistakes that are none, and leave them out.

    A mutant that lost a point has a counterexample in its verdict, so that only those which lost
    none have to be told from the solution.
    """
    suspects = [fate.entry for fate in audit.mutants if fate.earned >= fate.points]
    if not suspects:
        return
    with options.verifier(plan).warm as warm:
        right = {entry.name for entry in suspects if _is_right(course, plan, entry, warm)}
    audit.equivalent = len(right)
    audit.mutants = [fate for fate in audit.mutants if fate.name not in right]


def _is_right(course: Course, plan: Plan, entry: Entry, warm: Warm) -> bool:
    """Whether a mutant answers as the solution does, on inputs that no claim has drawn."""
    exercise = plan.checks.exercises[entry.exercise]
    calls = right_calls(exercise, plan.seed)
    own = course.solutions.cell(entry.exercise).source
    asked = Asked(warm, choose(course.solutions.cells, set(plan.checks.exercises)).run, own, calls)
    try:
        solution, given = (Signature.of(exercise, calls, asked.of(s)) for s in (own, entry.source))
    finally:
        asked.close()
    return Known(exercise, calls, solution, [], []).same_as_solution(given)
