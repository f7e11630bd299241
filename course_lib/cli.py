"""The `course` command.

    course check worksheet.ipynb        # a student: what holds, what is left
    course grade 01_pendulum            # an instructor: run, judge, write down, give back

Nothing heavy is imported before a command needs it: `course --help` is there at once.
Exit codes: 0 all is well; 1 the command ran and something is left to do, as it says; 2 it could not
run: wrong usage, unusable input, something missing, as it says.
"""

from __future__ import annotations

import errno
import functools
import sys
from pathlib import Path
from typing import Any

import click

from course_lib import __version__
from course_lib.errors import CourseLibError
from course_lib.streams import show_everything
from course_lib.unexpected import told

CONFIG = "nbgrader_config.py"
GROUPS = {
    "For students": ["check", "watch"],
    "For authors": ["new", "build", "try", "audit"],
    "For instructors": [
        "list",
        "release",
        "collect",
        "grade",
        "grade-notebook",
        "report",
        "diff",
        "export",
        "similar",
        "doctor",
        "demo",
    ],
}
PLATFORMS = ["moodle", "canvas", "ilias", "gradescope", "google", "github", "folder"]
EXTRAS = {  # modules that a student's installation has not, by the extra that brings them
    "grading": {"nbgrader", "jupytext", "PIL", "nh3", "nbconvert"},
    "cluster": {"distributed"},
    "similar": {"copydetect"},
}


class Commands(click.Group):
    """Lists the commands by who they are for, and turns errors into a few clear lines."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, in groups."""
        for title, names in GROUPS.items():
            with formatter.section(title):
                rows = [(name, self.commands[name].get_short_help_str(70)) for name in names]
                formatter.write_dl(rows)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run with output that shows every character, or the nearest that there is."""
        show_everything()
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; no exception, known or not, is shown as a traceback."""
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("course_lib."):
                raise Unusable(
                    "this command is for instructors, and this installation is a student's. "
                    "Next: pip install 'course-lib[grading]'"
                ) from None
            extra = next(
                (e for e in EXTRAS if (error.name or "").partition(".")[0] in EXTRAS[e]), ""
            )
            if not extra:
                raise Unusable(told(error)) from None
            raise Unusable(
                f"{error.name} is not installed. Next: pip install 'course-lib[{extra}]'"
            ) from None
        except CourseLibError as error:
            raise Unusable(str(error)) from None
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            sys.exit(130)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # click knows: who read this, as `head` does, has had enough
            raise Unusable(told(error)) from None


class Unusable(click.ClickException):
    """What was asked for cannot be done; the message says why and what to do."""

    exit_code = 2


def _course(ctx: click.Context, _parameter: click.Parameter, given: Path | None) -> Path:
    """The course's folder: the one that is given, else the nearest upwards with its settings."""
    if given is not None:
        if not (given / CONFIG).is_file():
            raise Unusable(
                f"{given} is not a course: it has no {CONFIG}. Next: name the course's folder"
            )
        return given.resolve()
    if (nearest := _nearest()) is not None:
        return nearest
    raise Unusable(
        f"there is no course here: no {CONFIG} in this folder or above it. "
        "Next: cd to the course's folder, or name it with --course DIR; `course new` starts one"
    )


def _nearest() -> Path | None:
    """The nearest folder upwards that is a course."""
    here = Path.cwd()
    return next((f for f in (here, *here.parents) if (f / CONFIG).is_file()), None)


def _topic(_ctx: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
    """An assignment's name; the slash that a shell's completion adds is no part of it."""
    return given.rstrip("/") if given else given


one_assignment = click.argument("assignment", metavar="NN_topic", callback=_topic)
submissions_at_a_time = click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="How many submissions to grade at a time.  [default: one a core]",
)
in_course = click.option(
    "--course",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    callback=_course,
    metavar="DIR",
    help=f"The course's folder.  [default: the nearest one upwards with {CONFIG}]",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="course")
def main() -> None:
    """A course that grades itself.

    \b
    A student:        course check worksheet.ipynb
                      course watch worksheet.ipynb
    An author:        course new 01_pendulum
                      course try 01_pendulum
    An instructor:    course release 01_pendulum
                      course grade 01_pendulum
    To look around:   course list
                      course demo

    Every command explains itself: course COMMAND --help. Exit codes: 0 all is well, 1 something is
    left to do, 2 it could not run; in each case it says what and why.
    """


@main.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Show finished exercises in full too.")
def check(notebook: Path, everything: bool) -> None:
    """Try every exercise of a notebook, and say what is left.

    Runs the cells of NOTEBOOK from top to bottom in a fresh process, as the grader does: with the
    same time limits, without a network and without your other files; long demonstrations are left
    out. Then each exercise is tried on many inputs. Where it goes wrong you see the smallest such
    input. Save your notebook first: the file is what is checked.

    Exit code: 0 when every point is earned, 1 while something is left, 2 for a file that is no
    notebook of this course, 130 when it was stopped with Ctrl-C.
    """
    from course_lib.student.terminal import check_notebook

    try:
        sys.exit(check_notebook(notebook, everything))
    except KeyboardInterrupt:
        click.echo("\nStopped checking.", err=True)
        sys.exit(130)


@main.command()
@click.argument("notebook", type=click.Path(path_type=Path))
def watch(notebook: Path) -> None:
    """Try a notebook at each save, and show the next thing to fix.

    Keep it open in a terminal beside Jupyter: save NOTEBOOK (Ctrl-S), and a second later you see
    the first exercise that is not finished, with the smallest input on which it goes wrong, and how
    far you are. The cells run from top to bottom in a fresh process, as the grader runs them, so
    what depends on a cell that you have since changed shows here too.

    It ends by itself when every point is earned, with exit code 0. Ctrl-C ends it before (130). 2
    for a file that is no notebook of this course.
    """
    from course_lib.student.watch import watch_notebook

    try:
        sys.exit(watch_notebook(notebook))
    except KeyboardInterrupt:
        click.echo("\nStopped watching.", err=True)
        sys.exit(130)


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

    root = root or _nearest() or Path.cwd()
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
@click.option("--force", is_flag=True, help="Release though the checks accept known mistakes.")
@in_course
def release(assignment: str, force: bool, root: Path) -> None:
    """Strip an assignment and make it ready to hand out.

    Builds source/NN_topic, looks for anything that would leak a solution or break a check, and
    lets nbgrader write release/NN_topic. dist/NN_topic.zip has the same for students without a hub:
    unpack, one pip install, one jupyter lab. Refuses, naming the cell, rather than release
    something doubtful. Before that it audits the checks, if nothing has been audited since the last
    change: nothing is released while a known mistake loses no point. Where it refuses, what was
    released before stays as it was.

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
    from course_lib.report.grading import Request, grade_assignment

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

    sys.exit(print_verdict(notebook, root=root or _nearest(), **options))


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
@click.argument("assignment", metavar="[NN_topic]", required=False, callback=_topic)
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
    help="What the inputs are drawn from.  [default: a new one]",
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


if __name__ == "__main__":
    main()
