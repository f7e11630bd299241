"""What authors of assignments run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from course_lib.cli.group import CONFIG, in_course, main, nearest_course, one_assignment


@main.command()
@one_assignment
@click.option(
    "--course",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help=f"The course's folder.  [default: the nearest one upwards with {CONFIG}, else this "
    "folder, which becomes one]",
)
def new(assignment: str, root: Path | None) -> None:
    """Start an assignment: a short lesson that works, to be changed.

    Writes a notebook with one exercise and a written question (source/), the exercise's truth,
    claims and known mistakes (assignments/), and a right answer in another form. All of it builds,
    audits and releases as it is, and its comments say what to change. In a folder that is not a
    course yet, nbgrader_config.py is written too. Nothing is overwritten.

    \b
    mkdir physics && cd physics
    course new 01_pendulum     # two digits and a topic
    course try 01_pendulum     # and again after each change
    course release 01_pendulum

    Exit code: 0 when it is written, 2 for a name that cannot be used or an assignment that exists.
    """
    from course_lib.authoring.new import new as write

    root = root or nearest_course() or Path.cwd()
    for path in write(assignment, root):
        click.echo(path.relative_to(root))
    click.echo(f"Next: course try {assignment}")


@main.command()
@click.argument("assignments", nargs=-1, metavar="[NN_topic]...")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if out of date.")
@in_course
def build(assignments: tuple[str, ...], only_check: bool, root: Path) -> None:
    """Make the notebooks in source/ from their readable twins.

    You edit source/NN_topic/topic.nb.py, which is plain text; this writes topic.ipynb beside it,
    the same bytes for the same text. Without a name, all assignments are built. Then it names all
    that is wrong with the notebook and its claims as far as can be told without running them, with
    file, line and what to do.

    \b
    course build                 # all assignments
    course build 01_pendulum
    course build --check         # writes nothing: for a hook before each commit

    Exit code: 0 when all is well, 1 when something has to be corrected before a release, or with
    --check when a notebook is out of date, 2 when an assignment could not be built.
    """
    from course_lib.authoring import build as build_one
    from course_lib.authoring import out_of_sync, scan_assignment
    from course_lib.authoring.build import assignments as known
    from course_lib.authoring.build import twins

    names = assignments or tuple(known(root))
    for name in names:
        twins(name, root)  # a name that does not exist is an error, whatever is asked
    if only_check:
        stale = [path for name in names for path in out_of_sync(root, name)]
        for path in stale:
            click.echo(f"{path.relative_to(root)} is not what its twin says")
        if stale:
            click.echo("Next: `course build`", err=True)
        sys.exit(1 if stale else 0)
    for name in names:
        for path in build_one(name, root):
            click.echo(path.relative_to(root))
    faults = [fault for name in names for fault in scan_assignment(name, root)]
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        click.echo(f"Built, with {len(faults)} to correct before a release.", err=True)
        sys.exit(1)


@main.command("try")
@one_assignment
@click.argument("exercise", required=False)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="How many files to try at a time.  [default: one a core]",
)
@click.option("--unjailed", is_flag=True, help="Try although this machine cannot isolate.")
@in_course
def try_(assignment: str, exercise: str | None, root: Path, **options: Any) -> None:
    """Try an exercise's claims on its solution, mistakes and right answers.

    Straight from source/ and assignments/, without a build or a release: the notebook's solution
    and the right answers in alternatives/ must keep all points, every known mistake must lose some.
    For each mistake you see which claims caught it and what a student reads: the smallest input,
    and the sentence. What is wrong with your own files comes first.

    \b
    course try 01_pendulum                    # all exercises
    course try 01_pendulum weighted_mean      # one of them, in seconds

    Exit code: 0 when all are as they should be, 1 when something has to be corrected, 2 when
    nothing could be tried.
    """
    from course_lib.report.trying import try_assignment

    sys.exit(try_assignment(root, assignment, exercise, **options))


@main.command()
@one_assignment
@click.option(
    "--bank",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Another bank: mistakes/, alternatives/, attacks/.  [default: assignments/NN_topic]",
)
@click.option(
    "--json",
    "figures",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the figures to FILE.",
)
@click.option(
    "--mutants",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Try N generated mistakes too.  [default: none]",
)
@click.option("--matrix", is_flag=True, help="Show which claim catches which mistake.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    metavar="N",
    help="What the inputs are drawn from.  [default: 2018, the same every time]",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="How many files to try at a time.  [default: one a core]",
)
@click.option("--unjailed", is_flag=True, help="Audit although this machine cannot isolate.")
@in_course
def audit(assignment: str, root: Path, **options: Any) -> None:
    """Measure the checks: what slips through, what is refused wrongly?

    Runs every file of a bank through the real grading path: mistakes must lose a point, right
    answers that are written otherwise must lose none, attacks must earn nothing. Generated mistakes
    (--mutants) change one thing in the instructor's solutions.

    Exit code: 0 when the checks hold, 1 while a mistake is accepted, a right answer loses a point,
    an attack is paid or a file of the bank cannot be used, 2 when the audit could not start.
    """
    from course_lib.report.audit import audit_assignment

    sys.exit(audit_assignment(root, assignment, **options))
