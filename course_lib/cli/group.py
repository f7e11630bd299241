"""The group of all commands: how they are listed, how errors are said, what they have in common."""

from __future__ import annotations

import errno
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
        # jsonschema's check of international addresses, which no notebook's schema asks for: to
        # import it takes a second, whenever nbformat is imported. It does without, if it must.
        sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
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


def course_folder(ctx: click.Context, _parameter: click.Parameter, given: Path | None) -> Path:
    """The course's folder: the one that is given, else the nearest upwards with its settings."""
    if given is not None:
        if not (given / CONFIG).is_file():
            raise Unusable(
                f"{given} is not a course: it has no {CONFIG}. Next: name the course's folder"
            )
        return given.resolve()
    if (nearest := nearest_course()) is not None:
        return nearest
    raise Unusable(
        f"there is no course here: no {CONFIG} in this folder or above it. "
        "Next: cd to the course's folder, or name it with --course DIR; `course new` starts one"
    )


def nearest_course() -> Path | None:
    """The nearest folder upwards that is a course."""
    here = Path.cwd()
    return next((f for f in (here, *here.parents) if (f / CONFIG).is_file()), None)


def topic(_ctx: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
    """An assignment's name; the slash that a shell's completion adds is no part of it."""
    return given.rstrip("/") if given else given


one_assignment = click.argument("assignment", metavar="NN_topic", callback=topic)


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
    callback=course_folder,
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
