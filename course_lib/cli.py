"""The `course` command.

    course check worksheet.ipynb        # a student: what holds, what is left
    course grade 00_worksheet           # an instructor: run, judge, write down, give back

Nothing heavy is imported before a command needs it: `course --help` is there at once.
Exit codes: 0 all is well; 1 the command ran and something is left to do, as it says; 2 it could not
run: wrong usage, unusable input, something missing, as it says.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from course_lib import __version__

CONFIG = "nbgrader_config.py"
GROUPS = {
    "For students": ["check", "watch"],
    "For instructors": ["build", "release", "grade", "audit", "doctor", "demo"],
}
EXTRAS = {  # modules that a student's installation has not, by the extra that brings them
    "grading": {"nbgrader", "jupytext", "IPython", "PIL", "bleach", "traitlets", "nbconvert"},
    "cluster": {"distributed"},
}


class Commands(click.Group):
    """Lists the commands by who they are for, and turns known errors into one clear line."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, in groups."""
        for title, names in GROUPS.items():
            with formatter.section(title):
                rows = [(name, self.commands[name].get_short_help_str(70)) for name in names]
                formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error that says what to do is shown without a traceback."""
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
                raise
            raise Unusable(
                f"{error.name} is not installed. Next: pip install 'course-lib[{extra}]'"
            ) from None
        except _known_errors() as error:
            raise Unusable(str(error)) from None


class Unusable(click.ClickException):
    """What was asked for cannot be done; the message says why and what to do."""

    exit_code = 2


def _known_errors() -> tuple[type[Exception], ...]:
    """The errors whose message is for people, of those modules that were imported."""
    places = {
        "course_lib.student.sheet": ["UnusableError"],
        "course_lib.authoring.faults": ["AuthoringError"],
        "course_lib.grading.course": ["CourseError"],
        "course_lib.grading.fitness": ["Refused"],
        "course_lib.grading.bank": ["BankError"],
        "course_lib.grading.process": ["WarmError"],
        "course_lib.grading.writer": ["WriteError"],
    }
    loaded = ((sys.modules.get(place), names) for place, names in places.items())
    return tuple(getattr(m, name) for m, names in loaded if m is not None for name in names)


def _course(ctx: click.Context, _parameter: click.Parameter, given: Path | None) -> Path:
    """The course's folder: the one that is given, else the nearest upwards with its settings."""
    if given is not None:
        if not (given / CONFIG).is_file():
            raise Unusable(
                f"{given} is no course: it has no {CONFIG}. Next: name the course's folder"
            )
        return given.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise Unusable(
        f"there is no course here: no {CONFIG} in this folder or above it. "
        "Next: cd to the course's folder, or name it with --course DIR"
    )


def _topic(_ctx: click.Context, _parameter: click.Parameter, given: str) -> str:
    """An assignment's name; the slash that a shell's completion adds is no part of it."""
    return given.rstrip("/")


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
    An instructor:    course release 00_worksheet
                      course grade 00_worksheet
    To look around:   course demo

    Every command explains itself: course COMMAND --help. Exit codes: 0 all is well, 1 something is
    left to do, 2 it could not run; in each case it says what and why.
    """


@main.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Show finished exercises in full too.")
def check(notebook: Path, everything: bool) -> None:
    """Try every exercise of a notebook, and say what is left.

    Runs the cells of NOTEBOOK from top to bottom in a fresh process, without Jupyter, as the
    grader does; long demonstrations are left out. Then each exercise is tried on many inputs. Where
    it goes wrong you see the smallest such input. Save your notebook first: the file is what is
    checked.

    Exit code: 0 when every point is earned, 1 while something is left, 2 for a file that is no
    notebook of this course.
    """
    from course_lib.student.terminal import check_notebook

    sys.exit(check_notebook(notebook, everything))


@main.command()
@click.argument("notebook", type=click.Path(path_type=Path))
def watch(notebook: Path) -> None:
    """Try a notebook at each save, and show the next thing to mend.

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
@click.argument("assignments", nargs=-1, metavar="[NN_topic]...")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if out of date.")
@in_course
def build(assignments: tuple[str, ...], only_check: bool, root: Path) -> None:
    """Make the notebooks in source/ from their readable twins.

    You edit source/NN_topic/topic.nb.py, which is plain text; this writes topic.ipynb beside it,
    the same bytes for the same text. Without a name, all assignments are built.
    """
    from course_lib.authoring import build as build_one
    from course_lib.authoring import out_of_sync
    from course_lib.authoring.build import assignments as known
    from course_lib.authoring.build import twins

    names = assignments or tuple(known(root))
    for name in names:
        twins(name, root)  # a name that does not exist is an error, whatever is asked
    if not only_check:
        for name in names:
            for path in build_one(name, root):
                click.echo(path.relative_to(root))
        return
    stale = [path for name in names for path in out_of_sync(root, name)]
    for path in stale:
        click.echo(f"{path.relative_to(root)} is not what its twin says")
    if stale:
        click.echo("Next: `course build`", err=True)
        sys.exit(1)


@main.command()
@one_assignment
@click.option("--force", is_flag=True, help="Release though the checks accept known mistakes.")
@in_course
def release(assignment: str, force: bool, root: Path) -> None:
    """Strip an assignment and make it ready to hand out.

    Builds source/NN_topic, looks for anything that would leak a solution or break a check, and
    lets nbgrader write release/NN_topic. dist/NN_topic.zip has the same for students without a hub:
    unpack, one pip install, one jupyter lab. Refuses, naming the cell, rather than release
    something doubtful. Then audits the checks, if nothing has been audited since the last change:
    what is released is withdrawn again while a known mistake loses no point.
    """
    from course_lib.authoring import release as release_one
    from course_lib.report.audit import audit_release

    done = release_one(assignment, root)
    if not force:
        audit_release(done, root)
    click.echo(f"{done.folder.relative_to(root)}/      for nbgrader's exchange or a hub")
    click.echo(f"{done.archive.relative_to(root)}  for a student's own machine")
    click.echo(f"{done.automatic_points:g} points by checks, {done.manual_points:g} by hand")


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
@in_course
def grade(assignment: str, root: Path, **options: Any) -> None:
    """Grade everyone who handed in an assignment.

    Runs each submission under submitted/ in a process that can do nothing but answer, judges the
    answers elsewhere, and writes verdicts/, gradebook.db, autograded/ and feedback/ as they come.
    What is graded already and has not changed is not graded again, so after an interruption the
    same command goes on where it stopped.

    Exit code: 0 when all are graded and written, 1 when some could not be, 2 when grading could not
    start, 130 after Ctrl-C.
    """
    from course_lib.report.grading import Request, grade_assignment

    sys.exit(grade_assignment(Request(root, assignment, **options)))


@main.command()
@one_assignment
@click.option(
    "--bank",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Another bank: mistakes/, alternatives/, attacks/.  [default: bank/NN_topic]",
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
    from course_lib.grading.doctor import examine, text

    layers = examine()
    click.echo(text(layers))
    sys.exit(1 if any(layer.core and not layer.on for layer in layers) else 0)


@main.command()
@click.argument("folder", default="demo", type=click.Path(file_okay=False, path_type=Path))
@submissions_at_a_time
@in_course
def demo(folder: Path, jobs: int | None, root: Path) -> None:
    """Make up a class of twelve, grade it, say where to look.

    Everything happens in a course of its own in FOLDER (default: demo/), which is made anew each
    time. The twelve hand-ins differ as real ones do: right, right in another way, half done, wrong,
    blank, damaged, noisy, endless.
    """
    from course_lib.demo.course import run_demo

    sys.exit(run_demo(root, folder, jobs))


if __name__ == "__main__":
    main()
