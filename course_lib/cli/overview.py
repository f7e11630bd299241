"""What instructors look around with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from course_lib.cli.group import (
    Unusable,
    in_course,
    main,
    one_assignment,
    submissions_at_a_time,
    topic,
)


@main.command("list")
@in_course
def list_(root: Path) -> None:
    """Show the course's assignments: question, points, minutes, state.

    The state says how far each one is: written, built, released; how many have handed it in, and
    how many hand-ins are graded.
    """
    from course_lib.report.listing import print_list

    print_list(root)


@main.command()
@click.argument("assignment", metavar="[NN_topic]", required=False, callback=topic)
@click.option("--anonymous", is_flag=True, help="For a projector: no name and no id in the page.")
@click.option(
    "--formgrader",
    metavar="URL",
    help="Where formgrader is, for the links to written answers.  [default: as in the page that is "
    "there, else http://localhost:8888/formgrader]",
)
@in_course
def report(assignment: str | None, root: Path, **options: Any) -> None:
    """Show what a class did: its mistakes, and who needs help.

    Writes reports/NN_topic.html, one page that opens from disk and loads nothing, and a table,
    reports/NN_topic.csv, with a line for each exercise of each student. It has the mistakes by
    name, the most frequent first, each with its smallest example; who needs help first, and with
    what; how fair each exercise and each claim is; what is left to do by hand. Every number leads
    to the students behind it. `course grade` makes it anew at its end.

    \b
    course report 01_pendulum               # one assignment
    course report 01_pendulum --anonymous   # reports/01_pendulum.anonymous.html, for a lecture
    course report                           # all of them, and the course: reports/course.html

    Exit code: 0 when it is written, 2 when nobody is graded.
    """
    from course_lib.report.cohort.make import print_report

    print_report(root, assignment, **options)


@main.command()
@click.argument("before", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("after", type=click.Path(exists=True, file_okay=False, path_type=Path))
def diff(before: Path, after: Path) -> None:
    """Compare two grading runs: whose points differ, and by which claims.

    BEFORE and AFTER are folders of verdicts, such as a copy of verdicts/NN_topic/ from before a
    claim was corrected, and verdicts/NN_topic/ now. Before anything is written, `course grade
    --dry-run` shows the same.

    \b
    cp -r verdicts/01_pendulum before
    course grade 01_pendulum
    course diff before verdicts/01_pendulum

    Exit code: 0 when nobody's points differ, 1 when somebody's do, 2 when they cannot be compared.
    """
    from course_lib.regrade.printed import diff_folders

    sys.exit(diff_folders(before, after))


@main.command()
@one_assignment
@click.option(
    "--least",
    type=click.FloatRange(0.1, 1.0),
    default=0.5,
    metavar="SHARE",
    help="List pairs of which at least this share is alike, 0.1 to 1.  [default: 0.5]",
)
@in_course
def similar(assignment: str, least: float, root: Path) -> None:
    """List hand-ins that resemble each other, for a person to look at.

    Compares what students wrote themselves, without names and comments; what was handed out and
    what many of the class wrote are not counted. The pairs are printed, and side by side on
    similar/NN_topic.html. It accuses nobody: right answers to a short exercise are often alike.

    \b
    pip install 'course-lib[similar]'
    course similar 01_pendulum

    Exit code: 0 when they are compared, 2 when there is nothing to compare.
    """
    from course_lib.similar.command import look_for_likeness

    sys.exit(look_for_likeness(root, assignment, least))


@main.command()
def doctor() -> None:
    """Say which layers of isolation this machine has.

    For every layer of isolation: on or off, why, what is lost without it and what to do. Exit code
    0 when `course grade` will run here, 1 when it will refuse.
    """
    from course_lib.grading.sandbox.doctor import examine, text

    layers = examine()
    click.echo(text(layers))
    sys.exit(1 if any(layer.core and not layer.on for layer in layers) else 0)


@main.command()
@click.argument("names", nargs=-1, metavar="[NN_topic] [FOLDER]")
@click.option("--all", "everything", is_flag=True, help="One class through all assignments.")
@click.option(
    "--students",
    type=click.IntRange(1, 30),
    metavar="N",
    help="With --all: only the first N students; seven are one of each kind.  [default: 30]",
)
@submissions_at_a_time
@in_course
def demo(
    names: tuple[str, ...], everything: bool, students: int | None, jobs: int | None, root: Path
) -> None:
    """Make up a class, grade it, say where to look.

    The class is that of NN_topic (default: the first assignment that has one). Everything happens
    in a course of its own in FOLDER (default: demo/), which is made anew each time. The hand-ins
    differ as real ones do: right, right in another way, half done, wrong, blank, damaged, noisy,
    endless.

    With --all, one class of thirty goes through all assignments of the course, into one gradebook
    and one export (FOLDER/grades.csv). Some are right throughout, some improve, are stuck with one
    wrong idea, hand in late, leave, do half, or write nothing; FOLDER/class.csv says who. Their
    work is made from the solutions and the known mistakes, the same each time. The points of each
    kind of student, lesson by lesson, are at the end. A hand-in takes one or two seconds of a core.

    \b
      course demo                       # the worksheet's class of twelve
      course demo 03_optimise           # another assignment's
      course demo 03_optimise /tmp/try  # in another folder
      course demo --all                 # thirty students, the whole course
      course demo --all --students 7    # one of each kind
    """
    assignment, folder = _demo_of(names, root)
    if everything:
        if assignment:
            raise click.UsageError(f"--all is every assignment: leave out {assignment}, or --all")
        from course_lib.demo.whole_course import run_whole_course

        sys.exit(run_whole_course(root, folder, jobs, students or 30))
    if students is not None:
        raise click.UsageError("--students goes with --all: one assignment's class is as it is")
    from course_lib.demo.course import run_demo

    sys.exit(run_demo(root, folder, jobs, assignment))


def _demo_of(names: tuple[str, ...], root: Path) -> tuple[str | None, Path]:
    """The assignment and the folder that `course demo` was given, each optional."""
    if len(names) > 2:
        raise click.UsageError(f"too many names: {' '.join(names)}")
    known = {folder.name for folder in (root / "assignments").glob("*") if folder.is_dir()}
    first = names[0].rstrip("/") if names else ""
    assignment = first if first in known else None
    rest = names[1:] if assignment else names
    if len(rest) > 1:
        raise Unusable(
            f"there is no assignment {first}. Next: `course list` shows those that there are"
        )
    return assignment, Path(rest[0]) if rest else Path("demo")
