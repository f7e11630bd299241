"""What instructors run from handing out to giving back."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import Any

import click

from course_lib.cli.group import (
    CONFIG,
    in_course,
    main,
    nearest_course,
    one_assignment,
    submissions_at_a_time,
)

PLATFORMS = ["moodle", "canvas", "ilias", "gradescope", "google", "github", "folder"]


@main.command()
@one_assignment
@click.option("--force", is_flag=True, help="Release though the checks accept known mistakes.")
@in_course
def release(assignment: str, force: bool, root: Path) -> None:
    """Strip an assignment and make it ready to hand out.

    Builds source/NN_topic, looks for anything that would leak a solution or break a check, and
    lets nbgrader write release/NN_topic. dist/NN_topic.zip has the same for students without a hub:
    unpack, one pip install, one jupyter lab. Refuses, naming the cell, rather than release
    something doubtful. Before that it audits the checks, if nothing has been audited since the last
    change: nothing is released while a known mistake loses no point or a right answer loses one.
    Where it refuses, what was released before stays as it was.

    Notebooks that other people wrote for nbgrader, with asserts and without a .nb.py, are released
    as they are: nothing is built, audited or packed.

    \b
    course release 01_pendulum
    course release ps1

    Exit code: 0 when it is released, 2 when it is refused; it says why and what to do.
    """
    from course_lib.authoring import release as release_one
    from course_lib.report.audit import audit_release

    audit = None if force else functools.partial(audit_release, assignment, root)
    done = release_one(assignment, root, audit)
    click.echo(f"{done.folder.relative_to(root)}/      for nbgrader's exchange or a hub")
    if done.archive is None:
        click.echo(
            f"{assignment} has asserts and no claims: nothing was audited, and its tests run in "
            "the student's own process"
        )
    else:
        click.echo(f"{done.archive.relative_to(root)}  for a student's own machine")
    click.echo(f"{done.automatic_points:g} points by checks, {done.manual_points:g} by hand")


@main.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="FILE.zip|FOLDER")
@one_assignment
@click.option(
    "--roster",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Who is who: Moodle's grading worksheet, Canvas's gradebook, the roster of Gradescope or "
    "GitHub Classroom, or a table with student, name, email.  [default: the names in the archive]",
)
@click.option("--dry-run", is_flag=True, help="Show who becomes whom, and write nothing.")
@click.option(
    "--from",
    "platform",
    type=click.Choice(PLATFORMS),
    help="Read it as this platform's.  [default: whose names are recognised]",
)
@click.option(
    "--replace",
    multiple=True,
    metavar="STUDENT",
    help="Take the archive's where nothing tells which of two hand-ins is newer; may be given "
    "again, `all` is everybody.",
)
@click.option(
    "--timezone",
    metavar="ZONE",
    help="The zone of the times in Moodle's worksheet, such as Europe/Berlin.  [default: these "
    "times are not used]",
)
@in_course
def collect(assignment: str, source: Path, root: Path, **options: Any) -> None:
    """Bring in the hand-ins that a learning platform gives.

    FILE.zip or FOLDER is what Moodle, Canvas, ILIAS, Gradescope, Google Classroom or GitHub
    Classroom gives when everything is downloaded, or a folder of lastname_first.ipynb. You see who
    becomes whom, and submitted/STUDENT/NN_topic/ is written, with the time of the hand-in where it
    is known. Nothing newer is overwritten, nobody is guessed, and what is hostile in an archive is
    left out and named.

    \b
    course collect download.zip 01_pendulum --dry-run
    course collect download.zip 01_pendulum --roster worksheet.csv

    Exit code: 0 when all hand-ins are in place, 1 when some could not be placed, as it says, 2 when
    nothing could be collected.
    """
    from course_lib.platforms.incoming import Request, collect_hand_ins

    sys.exit(collect_hand_ins(Request(root, assignment, source, **options)))


@main.command()
@one_assignment
@click.option(
    "--student",
    "students",
    multiple=True,
    metavar="NAME",
    help="Grade only NAME; may be given again.",
)
@submissions_at_a_time
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    metavar="N",
    help="What the inputs are drawn from; the same seed draws the same inputs.  "
    "[default: that of the verdicts that are there, else a new one]",
)
@click.option(
    "--again", is_flag=True, help="Grade everyone anew, also where nothing has changed since."
)
@click.option(
    "--whole",
    is_flag=True,
    help="Run every cell before anything is asked, long demonstrations too. The points are the "
    "same; it takes longer.",
)
@click.option("--unjailed", is_flag=True, help="Grade although this machine cannot isolate.")
@click.option("--no-feedback", is_flag=True, help="Write no feedback pages.")
@click.option(
    "--rerun-demos",
    is_flag=True,
    help="When all are graded, run the long demonstrations for fresh pictures; until then, and "
    "without this, pages show the student's own.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Grade on the workers of this Dask scheduler (tcp://HOST:PORT) or of a dask-gateway's "
    "cluster (gateway://HOST:PORT/NAME) instead of here.",
)
@click.option("--timings", is_flag=True, help="Say at the end where the time went.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Judge, say whose points would change and by which claims, and write nothing.",
)
@in_course
def grade(assignment: str, root: Path, dry_run: bool, **options: Any) -> None:
    """Grade everyone who handed in an assignment.

    Runs each submission under submitted/ in a process that can do nothing but answer, judges the
    answers elsewhere, and writes verdicts/, gradebook.db, autograded/ and feedback/ as they come.
    What is graded already and has not changed is not graded again, so after an interruption the
    same command goes on where it stopped.

    Exit code: 0 when all are graded and written, 1 when some could not be, 2 when grading could not
    start, 130 after Ctrl-C. With --dry-run: 0 when nobody's points would change, 1 when somebody's
    would.
    """
    from course_lib.report.grading import grade_assignment
    from course_lib.report.run import Request

    if dry_run:
        from course_lib.regrade.dry_run import try_grading

        sys.exit(try_grading(Request(root, assignment, **options)))
    sys.exit(grade_assignment(Request(root, assignment, **options)))


@main.command("grade-notebook")
@click.argument("notebook", type=click.Path(path_type=Path), metavar="HANDED_IN.ipynb")
@click.option("--assignment", metavar="NN_topic", help="Grade by this assignment.")
@click.option(
    "--source",
    type=click.Path(path_type=Path),
    metavar="INSTRUCTOR.ipynb",
    help="Grade by the asserts of this notebook.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    metavar="DIR",
    help="With --source: the files that students had beside the notebook.",
)
@click.option("--json", "into", metavar="FILE", help="Write the verdict to FILE; - is stdout.")
@click.option("--student", default="student", metavar="NAME", help="Whose it is, in the verdict.")
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), metavar="N", help="What inputs are drawn from."
)
@click.option("--unjailed", is_flag=True, help="Grade although this machine cannot isolate.")
@click.option(
    "--course",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help=f"With --assignment: its course.  [default: the nearest one upwards with {CONFIG}, else "
    "what is installed]",
)
def grade_notebook(notebook: Path, root: Path | None, **options: Any) -> None:
    """Grade one notebook and print its verdict, for a service or a CI job.

    One file in, one verdict out. It is run and judged as in `course grade`; no folder of a course
    is written to, and no gradebook. The verdict is that of verdicts/, which has a schema.

    \b
    course grade-notebook ada.ipynb --assignment 01_pendulum
    course grade-notebook ada.ipynb --source means.ipynb --json -

    Exit code: 0 all points that tests give are earned, 1 some are missing (also: what was handed in
    is not a notebook), 2 it could not be graded: a missing file, a fault of the assignment, no
    isolation. With 2, do not record the points.
    """
    from course_lib.report.one_notebook import print_verdict

    sys.exit(print_verdict(notebook, root=root or nearest_course(), **options))


@main.command()
@one_assignment
@click.option(
    "--format",
    "format",
    type=click.Choice(["csv", "canvas", "moodle", "gradescope", "json"]),
    default="csv",
    help="Whose table to write.  [default: csv, the columns of nbgrader export]",
)
@click.option(
    "--roster",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Moodle's grading worksheet or Canvas's gradebook, as it was downloaded.",
)
@click.option(
    "--column",
    metavar="HEADING",
    help="For canvas: the assignment's heading there, 'Pendulum (12345)'.  [default: the one of "
    "the same name]",
)
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Where to write.  [default: exports/]",
)
@in_course
def export(assignment: str, root: Path, **options: Any) -> None:
    """Write grades as a learning platform takes them, and feedback too.

    Points by checks and by hand, less late penalties, in the columns and under the numbers of the
    platform. For Moodle and Canvas, feedback pages of what `course collect` brought in go into a
    zip that they take back. Whoever handed in nothing keeps an empty grade. No cell is a formula.

    \b
    course export 01_pendulum
    course export 01_pendulum --format moodle --roster worksheet.csv
    course export 01_pendulum --format canvas --roster gradebook.csv

    Exit code: 0 when all are in it, 1 when somebody is not, as it says, 2 when nothing was written.
    """
    from course_lib.platforms.outgoing import Request, export_grades

    sys.exit(export_grades(Request(root, assignment, **options)))
