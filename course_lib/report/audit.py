"""What an audit found, for people: counts by exercise, what got through, which claims catch what.

    print_audit(audit, Console())

Exit codes belong to the command; this only prints.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich import box
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from course_lib.grading.audit.audit_result import Audit, AuditResult
from course_lib.grading.audit.release_gate import refuse_release
from course_lib.grading.audit.run import SEED, run_audit
from course_lib.grading.course import Course
from course_lib.grading.pool.engine import Options

LINES = 20  # of progress, where there is no terminal to draw a bar in


def audit_assignment(
    root: Path,
    assignment: str,
    *,
    bank: Path | None = None,
    figures: Path | None = None,
    mutants: int = 0,
    matrix: bool = False,
    seed: int | None = None,
    jobs: int | None = None,
    unjailed: bool = False,
) -> int:
    """`course audit`: run, print, write the figures; the exit code.

    Raises BankError, CourseError or ForkServerError where there is nothing to run, or no way to.
    """
    console = Console()
    try:
        with _progress() as advance:
            audit = run_audit(
                Course(root, assignment),
                bank,
                seed=SEED if seed is None else seed,
                jobs=jobs,
                mutants=mutants,
                options=Options(insist=not unjailed),
                progress=advance,
            )
    except KeyboardInterrupt:
        Console(stderr=True).print("Stopped. The same command goes on where it stopped.")
        return 130
    print_audit(audit, console, matrix=matrix)
    if figures is not None:
        figures.write_text(json.dumps(audit.to_json(), indent=1) + "\n")
    return 0 if audit.passed and not audit.surviving else 1


@contextmanager
def _progress() -> Iterator[Callable[[int, int, str], None]]:
    """A bar in a terminal; elsewhere a line now and then, so that a log shows it is alive."""
    console = Console(stderr=True)
    if console.is_terminal:
        with Progress(console=console, transient=True) as bar:
            task = bar.add_task("auditing", total=None)
            yield lambda done, total, _name: bar.update(task, completed=done, total=total)
        return

    def line(done: int, total: int, name: str) -> None:
        if done in (1, total) or done % max(1, total // LINES) == 0:
            console.print(f"[{done}/{total}] {name}", markup=False, highlight=False)

    yield line


def audit_release(assignment: str, root: Path) -> None:
    """Raise ReleaseRefused while the checks of `source/` and `assignments/` are known to be wrong.

    The answers of known mistakes, which students' packages hold, are then up to date.
    """
    Console(stderr=True).print(
        "Auditing the checks against the bank of mistakes: some minutes, once for each change",
        highlight=False,
    )
    with _progress() as advance:
        refuse_release(Course(root, assignment, from_source=True), progress=advance)


def print_audit(audit: Audit, console: Console, *, matrix: bool = False) -> None:
    """Print the counts and what is to be fixed; with `matrix`, who caught each mistake too."""
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, title=f"{audit.assignment}, seed {audit.seed}"
    )
    for heading in ("exercise", "mistakes", "accepted", "named", "right answers", "rejected"):
        table.add_column(heading, justify="left" if heading == "exercise" else "right")
    named = set(audit.named)
    for exercise in audit.claims:
        wrong, right = _of(audit.mistakes, exercise), _of(audit.alternatives, exercise)
        table.add_row(
            exercise,
            str(len(wrong)),
            str(sum(outcome.name in audit.accepted for outcome in wrong)),
            str(sum(outcome.name in named for outcome in wrong)),
            str(len(right)),
            str(sum(outcome.name in audit.rejected for outcome in right)),
        )
    console.print(table)
    if matrix:
        _print_matrix(audit, console)
    _print_list("Mistakes that lose no point", audit.accepted, console)
    _print_list("Right answers that lose one", _losses(audit), console)
    _print_list("Attacks that are paid", audit.paid, console)
    _print_list("Attacks that reached something", audit.touched, console)
    _print_list("Files that cannot be used", audit.faults, console)
    _print_list("Generated mistakes that lose no point", audit.surviving, console)
    unnamed = sorted({outcome.name for outcome in audit.mistakes} - named)
    _print_list("Mistakes that are not named to the student", unnamed, console)
    _print_list("Claims that catch no mistake alone", audit.idle, console)
    title = "Not measured: asserts judge it inside the submission, whose code can forge them"
    _print_list(title, audit.inside, console)
    if audit.attacks:
        console.print(f"{len(audit.attacks)} attacks, {len(audit.paid)} paid")
    if audit.mutants:
        explained = sum(outcome.explained for outcome in audit.mutants)
        console.print(
            f"{len(audit.mutants)} generated mistakes, {len(audit.surviving)} accepted, "
            f"{explained} explained; {audit.equivalent} more were right after all"
        )
    console.print(
        "The checks hold."
        if audit.passed
        else "The checks do not hold: mend a claim, or the file that is listed."
    )


def _of(outcomes: Sequence[AuditResult], exercise: str) -> list[AuditResult]:
    return [outcome for outcome in outcomes if outcome.entry.exercise == exercise]


def _losses(audit: Audit) -> list[str]:
    return [
        f"{outcome.name} (at {', '.join(outcome.lost_at)}: "
        f"{', '.join(outcome.caught_by) or 'built upon'})"
        for outcome in audit.alternatives
        if outcome.lost_at
    ]


def _print_list(title: str, names: Sequence[str], console: Console) -> None:
    if names:
        console.print(f"{title}:", style="bold")
        for name in names:
            console.print(f"  {name}", markup=False, highlight=False)


def _print_matrix(audit: Audit, console: Console) -> None:
    """Claims against mistakes: a letter for each claim of the exercise."""
    for exercise, claims in audit.claims.items():
        outcomes = _of(audit.mistakes, exercise)
        if not outcomes:
            continue
        letters = {claim: chr(ord("A") + k) for k, claim in enumerate(claims)}
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=exercise)
        table.add_column("mistake", no_wrap=True)
        table.add_column("".join(letters.values()), no_wrap=True)
        for outcome in outcomes:
            marks = "".join(
                x if claim in outcome.caught_by else "." for claim, x in letters.items()
            )
            table.add_row(outcome.entry.slug, marks)
        console.print(table)
        for claim, letter in letters.items():
            caught = len(audit.kills[exercise][claim])
            console.print(f"  {letter} {claim}: catches {caught}", highlight=False)
