"""Measures the claims themselves: every file of a bank is graded as a submission is.

    audit = run_audit(Course(Path("."), "05_hamiltonian"), jobs=2)
    audit.passed            # nothing wrong accepted, nothing right refused

An autograder is a measuring instrument, and this is how its error is measured: false accepts over
a bank of mistakes, false rejects over a bank of right answers, forgeries over a bank of attacks.
Each file takes the place of one solution cell, the instructor's solutions fill the rest, and the
whole is run and judged by the same graders that grade a cohort.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from course_lib.claims.bank import Bank, Entry
from course_lib.claims.sampling import SamplingPlan
from course_lib.errors import CourseError
from course_lib.feedback.mistake_matching import KnownMistakes
from course_lib.grading.audit.audit_result import Audit, AuditResult, audit_result_of
from course_lib.grading.audit.canaries import Canaries
from course_lib.grading.audit.checkpoint import Checkpoint
from course_lib.grading.audit.mistake_store import Asked
from course_lib.grading.audit.mutants import mutants as mutants_of
from course_lib.grading.audit.mutants import right_questions, some
from course_lib.grading.course import Course
from course_lib.grading.fork_server import ForkServer
from course_lib.grading.pool.engine import Graders, Options, prepare
from course_lib.grading.time_limits import TimeLimits
from course_lib.grading.verdict import Verdict, write_whole
from course_lib.limits import usable_cores
from course_lib.notebook.dependencies import choose
from course_lib.notebook.plain import is_plain
from course_lib.notebook.submission import Submission

SEED = 2018  # of an audit that is not told another: the same inputs every time
# Seconds. A right answer takes a tenth of them; a loop without an end takes all of them.
FOR_ATTACKS = TimeLimits(cell=2.5, first_call=5.0, call=2.0, notebook=30.0)
BETWEEN = 20  # attacks after which right answers are graded again, by the same grader

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

    Raises BankError where that folder is not a bank, and CourseError where the course cannot be
    graded. Files that cannot be used are `faults`, and the others are run.
    """
    faults = [str(fault) for fault in course.content.faults()]
    inside = _judged_inside(course)
    if inside and not course.content.exercises:
        raise CourseError(
            f"{course.assignment} has no claims to measure: asserts judge {', '.join(inside)}. "
            "Next: docs/author.md tells how an exercise gets claims"
        )
    read = course.bank(bank)
    plan = course.plan(seed)
    faults += [str(f) for f in plan.faults.values() if str(f) not in faults]
    claims = {
        name: tuple(claim.name for claim in exercise.claims)
        for name, exercise in plan.assignment.exercises.items()
    }
    audit = Audit(course.assignment, seed, claims, faults=[*faults, *read.faults], inside=inside)
    options = options or Options()
    entries = read.mistakes + read.alternatives
    jobs = jobs or usable_cores()
    total = 1 + len(entries) + (len(read.attacks) if attacks else 0) + mutants
    done = _Counter(total, progress)
    if prepare(plan, options) and bank is None:
        _publish_answers(course, plan)
    checkpoint = _partial(course, plan)
    with Graders(plan, min(jobs, max(1, len(entries) + mutants)), options) as graders:
        _grade_solution(audit, course, graders, done)
        outcomes = grade_entries(course, graders, entries, done, checkpoint)
        if mutants:
            chosen = some(mutants_of(course.solutions.cells, plan), mutants, seed)
            audit.mutants = grade_entries(course, graders, chosen, done, checkpoint)
    audit.mistakes = [outcome for outcome in outcomes if outcome.entry.kind == "mistakes"]
    audit.alternatives = [outcome for outcome in outcomes if outcome.entry.kind == "alternatives"]
    _set_right_ones_aside(audit, course, plan, options)
    audit.faults += _no_mistakes(audit, course, plan, options)
    if plan.mistakes is not None:
        audit.alike = plan.mistakes.groups(plan)
    if attacks and read.attacks:
        hurried = replace(options, budget=FOR_ATTACKS)
        with Graders(
            replace(plan, mistakes=None), min(jobs, len(read.attacks)), hurried
        ) as graders:
            _attack(audit, course, read, graders, done)
    for outcome in (*audit.mistakes, *audit.alternatives, *audit.mutants):
        for fault in outcome.ungraded:
            audit.faults.append(f"{outcome.name} could not be graded: {fault}")
    checkpoint.finish()
    return audit


def _judged_inside(course: Course) -> list[str]:
    cells = (cell for notebook in course.notebooks for cell in notebook.cells if is_plain(cell))
    return [cell.exercise or cell.label for cell in cells]


def _partial(course: Course, plan: SamplingPlan) -> Checkpoint:
    """What an interrupted audit of the same checks, with the same inputs, has found already.

    Attacks are run every time: they measure this machine's isolation.
    """
    parts = [course.fingerprint, course.solutions.content_hash, str(plan.seed)]
    if plan.mistakes is not None:
        parts += [plan.mistakes.digest(plan)]
    path = course.root / "verdicts" / course.assignment / ".audit-so-far.jsonl"
    return Checkpoint(path, " ".join(parts))


def _publish_answers(course: Course, plan: SamplingPlan) -> None:
    """Write the bank's file of answers, by which graders and students name mistakes.

    A bank without mistakes leaves what is there: it would name none any more.
    """
    if plan.mistakes is not None and plan.mistakes.entries:
        with contextlib.suppress(OSError):  # read-only: not kept
            course.answers_path.parent.mkdir(exist_ok=True)
            write_whole(course.answers_path, plan.mistakes.shipped)


def _grade_solution(audit: Audit, course: Course, graders: Graders, done: _Counter) -> None:
    """Grade the instructor's own notebook, the first of the right answers."""
    for _, verdict in graders.map([replace(course.solutions, student="solution")]):
        audit.lost_by_solution = [
            f"{check['exercise']}: {failed['claim']}"
            for check in verdict["checks"]
            for failed in check["claims"]
            if not failed["passed"]
        ]
        known = "\n".join(audit.faults)
        audit.faults += [line for line in _of_authors(verdict) if line not in known]
        done("solution")


def _of_authors(verdict: Verdict) -> list[str]:
    """The remarks about exercises that could not be graded, without whose they are."""
    return [
        line.partition(": ")[2]
        for line in verdict.get("remarks", [])
        if " is not graded: " in line or " without " in line
    ]


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
    graders: Graders,
    entries: Iterable[Entry],
    done: Callable[[str], None],
    checkpoint: Checkpoint | None = None,
) -> list[AuditResult]:
    """The result of each entry, in their order; those in the checkpoint are not run again.

    A mistake, like an attack, is judged at its own exercise; a right answer at all of them, since
    others build on it.
    """
    by_name = {f"{number:05d}": entry for number, entry in enumerate(entries)}
    outcomes: dict[str, AuditResult] = {}
    for name, entry in by_name.items():
        if checkpoint is not None and (outcome := checkpoint.get(entry)) is not None:
            outcomes[name] = outcome
            done(entry.name)
    due = [submission(course, e, name) for name, e in by_name.items() if name not in outcomes]
    only = {
        name: (entry.exercise,) for name, entry in by_name.items() if entry.kind != "alternatives"
    }
    for handed_in, verdict in graders.map(due, only):
        outcome = outcomes[handed_in.student] = audit_result_of(by_name[handed_in.student], verdict)
        if checkpoint is not None:
            checkpoint.put(outcome)
        done(outcome.name)
    return [outcomes[name] for name in by_name]


def submission(course: Course, entry: Entry, student: str = "bank") -> Submission:
    """The instructor's solutions with `entry` in place of one of them."""
    cells = tuple(
        replace(cell, source=entry.source, changed=True)
        if cell.grade_id == entry.exercise
        else cell
        for cell in course.solutions.cells
    )
    return replace(course.solutions, student=student, cells=cells)


def _no_mistakes(audit: Audit, course: Course, plan: SamplingPlan, options: Options) -> list[str]:
    """What is said of mistakes that lose no point and answer other questions rightly, too."""
    accepted = [each.entry for each in audit.mistakes if each.earned >= each.points]
    if not accepted:
        return []
    asked = {
        name: len(right_questions(plan, plan.assignment.exercises[name]))
        for name in {entry.exercise for entry in accepted}
    }
    with options.verifier(plan).fork_server as fork_server:
        return [
            f"mistakes/{entry.name}.py: it gave the solution's answer to each of "
            f"{asked[entry.exercise]} other questions, too. Next: if you know an input on which "
            "it goes wrong, add it to a claim's `always`; else it is a right answer, take it out"
            for entry in accepted
            if _is_right(course, plan, entry, fork_server)
        ]


def _attack(audit: Audit, course: Course, bank: Bank, graders: Graders, done: _Counter) -> None:
    """Run the attacks between canaries, and right answers after them."""
    first = next(iter(audit.claims))
    right = Entry("alternatives", first, "solution", "", course.solutions.cell(first).source)
    with Canaries(course.root, [entry.slug for entry in bank.attacks]) as canaries:
        queue: list[Entry] = []
        for number, entry in enumerate(bank.attacks, start=1):
            queue.append(replace(entry, source=canaries.told(entry.slug, entry.source)))
            if number % BETWEEN == 0 or number == len(bank.attacks):
                queue.append(right)
        outcomes = grade_entries(course, graders, queue, done)
        audit.attacks = [outcome for outcome in outcomes if outcome.entry.kind == "attacks"]
        said = {outcome.name for outcome in audit.attacks if outcome.breached}
        audit.touched = sorted(said.union(canaries.touched()))
    if lost := {name for outcome in outcomes if outcome.entry is right for name in outcome.lost_at}:
        audit.faults.append(f"among the attacks, the solutions lost points at {', '.join(lost)}")


def _set_right_ones_aside(
    audit: Audit, course: Course, plan: SamplingPlan, options: Options
) -> None:
    """Count the generated mistakes that are right answers, and leave them out.

    A mutant that lost a point has a counterexample in its verdict, so that only those which lost
    none have to be told from the solution.
    """
    suspects = [outcome.entry for outcome in audit.mutants if outcome.earned >= outcome.points]
    if not suspects:
        return
    with options.verifier(plan).fork_server as fork_server:
        right = {entry.name for entry in suspects if _is_right(course, plan, entry, fork_server)}
    audit.equivalent = len(right)
    audit.mutants = [outcome for outcome in audit.mutants if outcome.name not in right]


def _is_right(course: Course, plan: SamplingPlan, entry: Entry, fork_server: ForkServer) -> bool:
    """Whether an entry answers as the solution does, on inputs that no claim has drawn."""
    exercise = plan.assignment.exercises[entry.exercise]
    questions = right_questions(plan, exercise)
    own = course.solutions.cell(entry.exercise).source
    cells = choose(course.solutions.cells, set(plan.assignment.exercises)).run
    asked = Asked(fork_server, cells, own, questions, course.solutions.modules)
    try:
        answers = [asked.of(source) for source in (own, entry.source)]
    finally:
        asked.close()
    known = KnownMistakes.compare(exercise, questions, answers, [], plan.truth)
    return known.same_as_solution(known.of[0])
