"""Measures the checks themselves: every file of a bank goes the way of a submission.

    audit = run_audit(Course(Path("."), "00_worksheet"), jobs=2)
    audit.accepted          # wrong answers that lost no point: ["fit_line/rounded", …]
    audit.rejected          # right answers that lost one
    audit.passed            # release may go on

An autograder is a measuring instrument, and this is how its error is measured: false accepts over
a bank of mistakes, false rejects over a bank of right answers, forgeries over a bank of attacks.
Each file takes the place of one solution cell, the instructor's solutions fill the rest, and the
whole is run and judged by the same workers that grade a cohort.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from course_lib.checks.judging import Plan
from course_lib.grading.bank import Bank, Entry
from course_lib.grading.canaries import Canaries
from course_lib.grading.cells import Submission
from course_lib.grading.course import Course
from course_lib.grading.engine import Options, Workers
from course_lib.grading.process import Budget, usable_cores
from course_lib.grading.verdict import CheckResult, Verdict, write_whole

SEED = 2018  # of an audit that is not told another: the same inputs every time
# Seconds. A right answer takes a tenth of them; a loop without an end takes all of them.
FOR_ATTACKS = Budget(cell=2.5, first_call=5.0, call=2.0, notebook=30.0)
BETWEEN = 20  # attacks after which right answers are graded again, by the same worker
PARTLY_RIGHT = "# values:"  # in an attack: its answers are right in part and may earn that part

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Fate:
    """What became of one entry: its points, the claims that failed, the mistake that was named.

    lost_at: the exercises at which a point was lost. breached: it said that it reached something.
    """

    entry: Entry
    earned: float
    points: float
    caught_by: tuple[str, ...] = ()
    named: str | None = None
    explained: bool = False
    lost_at: tuple[str, ...] = ()
    breached: bool = False

    @property
    def name(self) -> str:
        """`exercise/slug`, or an attack's slug."""
        return self.entry.name


@dataclass
class Audit:
    """The fate of every entry, and what follows from it."""

    assignment: str
    seed: int
    claims: dict[str, tuple[str, ...]]
    mistakes: list[Fate] = field(default_factory=list)
    alternatives: list[Fate] = field(default_factory=list)
    attacks: list[Fate] = field(default_factory=list)
    mutants: list[Fate] = field(default_factory=list)
    equivalent: int = 0
    touched: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    alike: dict[str, str] = field(default_factory=dict)

    @property
    def accepted(self) -> list[str]:
        """Mistakes that lost no point."""
        return [fate.name for fate in self.mistakes if fate.earned >= fate.points]

    @property
    def rejected(self) -> list[str]:
        """Right answers that lost a point, wherever."""
        return [fate.name for fate in self.alternatives if fate.lost_at]

    @property
    def paid(self) -> list[str]:
        """Attacks that earned what their answers are not worth."""
        return [fate.name for fate in self.attacks if fate.earned > _due(fate)]

    @property
    def surviving(self) -> list[str]:
        """Generated mistakes that lost no point."""
        return [fate.name for fate in self.mutants if fate.earned >= fate.points]

    @property
    def named(self) -> list[str]:
        """Mistakes that were called by their own name, or by that of one that behaves alike."""
        return [fate.name for fate in self.mistakes if self._is_named(fate)]

    def _is_named(self, fate: Fate) -> bool:
        said = f"{fate.entry.exercise}/{fate.named}"
        return said in (fate.name, self.alike.get(fate.name))

    @property
    def kills(self) -> dict[str, dict[str, list[str]]]:
        """The kill matrix: exercise, claim, the mistakes that this claim caught."""
        caught: dict[str, dict[str, list[str]]] = {
            exercise: {claim: [] for claim in claims} for exercise, claims in self.claims.items()
        }
        for fate in self.mistakes:
            for claim in fate.caught_by:
                caught[fate.entry.exercise][claim].append(fate.entry.slug)
        return caught

    @property
    def idle(self) -> list[str]:
        """Claims that catch no mistake which another does not catch too."""
        alone = {
            (fate.entry.exercise, fate.caught_by[0])
            for fate in self.mistakes
            if len(fate.caught_by) == 1
        }
        return [
            f"{exercise}: {claim}"
            for exercise, claims in self.claims.items()
            for claim in claims
            if (exercise, claim) not in alone
        ]

    @property
    def passed(self) -> bool:
        """Whether nothing wrong was accepted, nothing right refused, and every file was usable."""
        found = (self.accepted, self.rejected, self.paid, self.touched, self.faults)
        return not any(found)

    def to_json(self) -> dict[str, Any]:
        """The figures that other programs read; mutants and faults only where there are any."""
        figures: dict[str, Any] = {
            "mistakes": {
                "total": len(self.mistakes),
                "accepted": self.accepted,
                "named": len(self.named),
            },
            "alternatives": {"total": len(self.alternatives), "rejected": self.rejected},
            "attacks": {"total": len(self.attacks), "paid": self.paid, "touched": self.touched},
        }
        if self.mutants:
            figures["mutants"] = {
                "total": len(self.mutants),
                "accepted": self.surviving,
                "equivalent": self.equivalent,
                "explained": sum(fate.explained for fate in self.mutants),
            }
        if self.faults:
            figures["faults"] = self.faults
        return figures


def _due(fate: Fate) -> float:
    """What an attack may earn: nothing, unless it says that its values are right in part."""
    return fate.points / 2 if PARTLY_RIGHT in fate.entry.source else 0.0


def run_audit(
    course: Course,
    bank: Path | None = None,
    *,
    seed: int = SEED,
    jobs: int | None = None,
    attacks: bool = True,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Audit:
    """Run every entry of the bank in folder `bank` (the assignment's own, unless it is given).

    Raises BankError where that folder is no bank, and CourseError where the course cannot be
    graded. Files that cannot be used are `faults`, and the others are run.
    """
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
    total = len(entries) + (len(read.attacks) if attacks else 0)
    done = _Counter(total, progress)
    fates = grade_entries(course, plan, entries, jobs, options, done)
    audit.mistakes = [fate for fate in fates if fate.entry.kind == "mistakes"]
    audit.alternatives = [fate for fate in fates if fate.entry.kind == "alternatives"]
    if plan.mistakes is not None:
        audit.alike = plan.mistakes.groups(plan)
        audit.faults += _no_mistakes(audit, plan)
    if attacks and read.attacks:
        hurried = replace(options, budget=FOR_ATTACKS)
        _attack(audit, course, plan, read, jobs, hurried, done)
    return audit


class _Counter:
    """Tells how many of all entries are done."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def __call__(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)


def grade_entries(
    course: Course,
    plan: Plan,
    entries: Iterable[Entry],
    jobs: int,
    options: Options,
    done: Callable[[], None],
) -> list[Fate]:
    """The fate of each entry, in the order of `entries`.

    A mistake, like an attack, is judged at its own exercise; a right answer at all of them, since
    others build on it.
    """
    by_name = {f"{number:05d}": entry for number, entry in enumerate(entries)}
    if not by_name:
        return []
    due = [submission(course, entry, name) for name, entry in by_name.items()]
    only = {
        name: (entry.exercise,) for name, entry in by_name.items() if entry.kind != "alternatives"
    }
    fates: dict[str, Fate] = {}
    with Workers(plan, min(jobs, len(due)), options) as workers:
        for handed_in, verdict in workers.map(due, only):
            fates[handed_in.student] = _fate(by_name[handed_in.student], verdict)
            done()
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


def _fate(entry: Entry, verdict: Verdict) -> Fate:
    check = next(c for c in verdict["checks"] if c["exercise"] == entry.exercise)
    failed = [claim for claim in check["claims"] if not claim["passed"]]
    return Fate(
        entry,
        check["earned"],
        check["points"],
        tuple(claim["claim"] for claim in failed),
        next((claim["mistake"] for claim in failed if claim.get("mistake")), None),
        _explains(check),
        tuple(c["exercise"] for c in verdict["checks"] if c["earned"] < c["points"]),
        _breached(verdict),
    )


def _breached(verdict: Verdict) -> bool:
    """Whether an attack says, in what it printed, that it got somewhere."""
    outputs = [output for cell in verdict.get("cells", {}).values() for output in cell["outputs"]]
    text = "\n".join(str(output.get("text", "")) for output in outputs)
    return any(line.startswith("BREACHED") for line in text.splitlines())


def _explains(check: CheckResult) -> bool:
    """Whether a student reads more than what was expected and what came back."""
    return any(claim.get("message") for claim in check["claims"] if not claim["passed"])


def _no_mistakes(audit: Audit, plan: Plan) -> list[str]:
    """Mistakes that are none: they answer as the solution does."""
    return [
        f"mistakes/{fate.name}.py: it gives the solution's answers on every input; it is no mistake"
        for fate in audit.mistakes
        if fate.earned >= fate.points
        and plan.mistakes.right(plan, fate.entry.exercise, fate.entry.slug)
    ]


def _attack(
    audit: Audit,
    course: Course,
    plan: Plan,
    bank: Bank,
    jobs: int,
    options: Options,
    done: _Counter,
) -> None:
    """Run the attacks between canaries, and right answers after them."""
    first = next(iter(plan.checks.exercises))
    right = Entry("alternatives", first, "solution", "", course.solutions.cell(first).source)
    with Canaries(course.root, [entry.slug for entry in bank.attacks]) as canaries:
        queue: list[Entry] = []
        for number, entry in enumerate(bank.attacks, start=1):
            queue.append(replace(entry, source=canaries.told(entry.slug, entry.source)))
            if number % BETWEEN == 0 or number == len(bank.attacks):
                queue.append(right)
        plan = replace(plan, mistakes=None)
        fates = grade_entries(course, plan, queue, jobs, options, done)
        audit.attacks = [fate for fate in fates if fate.entry.kind == "attacks"]
        said = {fate.name for fate in audit.attacks if fate.breached}
        audit.touched = sorted(said.union(canaries.touched()))
    if lost := {name for fate in fates if fate.entry is right for name in fate.lost_at}:
        audit.faults.append(f"among the attacks, the solutions lost points at {', '.join(lost)}")


class Refused(Exception):
    """The checks are not good enough for a release; the message says what was found."""


def refuse_release(
    course: Course, *, jobs: int | None = None, progress: Progress | None = None
) -> None:
    """Raise Refused while a known mistake survives or a right answer loses a point.

    A release in which nothing changed since the last audit needs no second one: the result is kept
    in `verdicts/NN_topic/.audit.json` under the course's fingerprint and the bank's.
    Without a bank there is nothing to audit.
    """
    if not (course.root / "bank" / course.assignment).is_dir():
        return
    path = course.root / "verdicts" / course.assignment / ".audit.json"
    key = f"{course.fingerprint} {course.bank().digest} {course.solutions.content_hash}"
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError):
        stored = {}
    if stored.get("key") != key:
        audit = run_audit(course, jobs=jobs, progress=progress)
        stored = {"key": key, "found": _found(audit)}
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(stored).encode())
    if stored["found"]:
        lines = "\n".join(f"  {line}" for line in stored["found"])
        raise Refused(
            f"{course.assignment} is not fit for release:\n{lines}\n"
            f"Next: `course audit {course.assignment}`, then mend a claim or the bank; "
            "`--force` releases all the same"
        )


def _found(audit: Audit) -> list[str]:
    lines = {
        "a mistake that loses no point": audit.accepted,
        "a right answer that loses one": audit.rejected,
        "an attack that is paid": audit.paid,
        "an attack that reached something": audit.touched,
        "a file that cannot be used": audit.faults,
    }
    return [f"{what}: {name}" for what, names in lines.items() for name in names]
