"""One grading run, as the person who started it sees it.

    code = grade_assignment(Request(Path("."), "00_worksheet", jobs=2))

This process is the one writer: while workers grade, it brings each verdict into gradebook.db,
autograded/ and feedback/ as it comes. A verdict is stored before that, so whatever stops the run,
the same command goes on with the rest.
"""

from __future__ import annotations

import contextlib
import difflib
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING, cast

from rich.console import Console
from rich.text import Text

from course_lib.calls.text import one_line
from course_lib.checks.stopwatch import Stopwatch
from course_lib.grading.budget import usable_cores
from course_lib.grading.course import Course, CourseError
from course_lib.grading.engine import Options, Outcome, grade_cohort
from course_lib.grading.names import RULE
from course_lib.grading.process import WarmError
from course_lib.grading.strays import strays
from course_lib.grading.verdict import Verdict, verdict_path
from course_lib.report.progress import progress
from course_lib.report.table import summary
from course_lib.report.timings import timings

if TYPE_CHECKING:
    from pathlib import Path

    from course_lib.grading.writer import Writer

ASKED_FIRST = (
    "The bank's mistakes, or the solutions, have changed since the mistakes' answers were written: "
    "they are worked out first, in about a minute. `course audit` keeps them with the bank."
)
SHOWN = 5  # paths that are named before the rest is counted
DONE, TROUBLE, INTERRUPTED = 0, 1, 130  # 130 is what shells give a command that Ctrl-C ended


@dataclass(frozen=True)
class Request:
    """What `course grade` was asked for; the defaults are the command's."""

    root: Path
    assignment: str
    students: tuple[str, ...] = ()
    jobs: int | None = None
    seed: int | None = None
    again: bool = False
    whole: bool = False
    unjailed: bool = False
    no_feedback: bool = False
    scheduler: str | None = None
    rerun_demos: bool = False
    timings: bool = False


@dataclass
class Run:
    """What has come of the run so far.

    troubles: who could not be written down, and why. fresh: those verdicts that this run made.
    gone: who was graded earlier and has no hand-in any more.
    """

    verdicts: list[Verdict] = field(default_factory=list)
    troubles: dict[str, str] = field(default_factory=dict)
    reused: int = 0
    stopped: str = ""
    fresh: list[Verdict] = field(default_factory=list)
    clock: Stopwatch = field(default_factory=Stopwatch)
    gone: list[str] = field(default_factory=list)


def grade_assignment(request: Request, console: Console | None = None) -> int:
    """Grade, write, print; returns the exit code. Raises CourseError where it cannot start."""
    console = console or _console()
    course = Course(request.root, request.assignment)
    course.checks  # noqa: B018 - read now: a fault in the course is said before anything starts
    students = _students(course, request.students)
    seed = course.seed() if request.seed is None else request.seed
    from course_lib.grading.writer import Writer

    writer = Writer(request.root)
    mistakes = course.mistakes()
    if mistakes is not None and not mistakes.prepare(course.checks):
        console.print(Text(ASKED_FIRST))
    began = time.monotonic()
    run = Run()
    jobs = None if request.scheduler else request.jobs or usable_cores()
    with progress(console, students, jobs) as advance:
        try:
            for outcome in _graded(course, students, seed, request):
                with uninterrupted():
                    _take(run, outcome, writer, request)
                verdict = outcome.verdict
                if outcome.shown:
                    continue
                again = ", as before" if outcome.reused else ""
                points = f"{verdict['earned']:g}/{verdict['possible']:g}"
                advance(outcome.student, f"{points}{again}", graded=not outcome.reused)
        except KeyboardInterrupt:
            run.stopped = "stopped"
        except OSError as error:
            run.stopped = f"a verdict could not be stored: {error}"
        except (WarmError, CourseError) as error:
            if not run.verdicts:
                raise  # it could not even start
            run.stopped = one_line(error, 2000)
    run.gone = sorted(set(course.graded()) - set(course.students()))
    return _report(run, request, len(students), seed, time.monotonic() - began, console)


def _console() -> Console:
    """The terminal; where there is none, wide enough for a line of remarks."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=120)


def _students(course: Course, asked: tuple[str, ...]) -> list[str]:
    """Whom to grade. Raises CourseError for a name that has handed in nothing."""
    known = course.students()
    for name in asked:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise CourseError(
                f"{name} has handed in nothing: there is no submitted/{name}/{course.assignment}/."
                f"{hint}"
            )
    if not known:
        raise CourseError(
            f"nobody has handed in {course.assignment}. Next: put notebooks where nbgrader puts "
            f"them, submitted/NAME/{course.assignment}/{course.skeleton.notebook}.ipynb, by hand "
            "or with `nbgrader collect`."
            + "".join(f" {line}" for line in _passed_over(strays(course.root, course.assignment)))
        )
    return list(dict.fromkeys(asked)) or known


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until the block is done: a submission is written down whole or not at all."""
    pressed = False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def _graded(course: Course, students: list[str], seed: int, request: Request) -> Iterator[Outcome]:
    """The engine's outcomes; its workers end with this generator."""
    outcomes = grade_cohort(
        course,
        students,
        jobs=request.jobs or usable_cores(),
        seed=seed,
        options=Options(whole=request.whole, insist=not request.unjailed),
        again=request.again,
        scheduler=request.scheduler,
        demonstrations=request.rerun_demos,
    )
    with contextlib.closing(outcomes):  # type: ignore[type-var]  # a generator, by its body
        yield from outcomes


def _take(run: Run, outcome: Outcome, writer: Writer, request: Request) -> None:
    """Write one verdict down, unless that was done before; what goes wrong is one student's."""
    from course_lib.grading.writer import WriteError

    verdict = outcome.verdict
    if not outcome.shown:
        slim = cast("Verdict", {key: verdict[key] for key in verdict if key != "cells"})  # type: ignore[literal-required]
        run.verdicts.append(slim)  # a cohort's pictures would not fit into memory
        run.fresh += [] if outcome.reused else [slim]
    run.reused += outcome.reused
    try:
        if not outcome.reused or not _is_written(request, verdict, "autograded", "ipynb"):
            with run.clock.stage("write"):
                writer.write(verdict)
        if not request.no_feedback and (
            not outcome.reused or not _is_written(request, verdict, "feedback", "html")
        ):
            with run.clock.stage("feedback"):
                writer.feedback(verdict["assignment"], verdict["student"])
    except (WriteError, OSError) as error:
        run.troubles[outcome.student] = str(error)


def _is_written(request: Request, verdict: Verdict, folder: str, suffix: str) -> bool:
    """Whether what nbgrader writes last is there, and younger than the verdict."""
    student, assignment = verdict["student"], verdict["assignment"]
    made = request.root / folder / student / assignment / f"{verdict['notebook']}.{suffix}"
    try:
        return (
            made.stat().st_mtime_ns
            >= verdict_path(request.root, assignment, student).stat().st_mtime_ns
        )
    except OSError:
        return False


def _report(
    run: Run, request: Request, total: int, seed: int, seconds: float, console: Console
) -> int:
    run.verdicts.sort(key=lambda verdict: verdict["student"])
    if run.verdicts or run.troubles:
        summary(run.verdicts, run.troubles, console)
    done = len(run.verdicts)
    words = f"{done} of {total} graded in {seconds:.0f} s, seed {seed}"
    if run.reused:
        words += f"; {run.reused} of them were graded before and had not changed"
    if run.verdicts:
        mean = sum(verdict["earned"] for verdict in run.verdicts) / done
        words += f"; mean {mean:.1f} of {run.verdicts[0]['possible']:g}"
    console.print()
    console.print(Text(words))
    if request.unjailed and run.verdicts:
        layers = min((verdict["isolation"] for verdict in run.verdicts), key=len)
        console.print(Text(f"Isolation, at least: {', '.join(layers) or 'none'}"))
    if request.timings:
        timings(run.fresh, run.clock.seconds, console)
    over = _passed_over(strays(request.root, request.assignment))
    for line in (*_next(run, request), *_no_longer(run.gone), *over):
        console.print(Text(line), soft_wrap=True)
    if run.stopped == "stopped":
        return INTERRUPTED
    return TROUBLE if run.stopped or run.troubles or done < total else DONE


def _no_longer(gone: list[str]) -> Iterator[str]:
    """A line on who was graded earlier and is not under submitted/ any more."""
    if gone:
        yield ""
        yield (
            f"Graded earlier and no longer in submitted/: {_few(gone)}. "
            "Their points stay, in verdicts/ and in the gradebook."
        )


def _few(names: list[str]) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(one_line(name, 80) for name in names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown


def _passed_over(paths: list[str]) -> Iterator[str]:
    """A line on what lies where no hand-in is looked for."""
    if paths:
        yield ""
        yield f"Passed over: {_few(paths)}. A hand-in lies in submitted/NAME/ASSIGNMENT/,"
        yield f"and a NAME {RULE}."


def _next(run: Run, request: Request) -> Iterator[str]:
    """Where to look, and what to do about what went wrong."""
    if run.stopped == "stopped":
        yield "Stopped. What is graded is stored and written; the same command does the rest."
    elif run.stopped:
        yield f"Ended early: {run.stopped}"
        yield "What was graded until then is stored; the same command does the rest."
    if run.troubles:
        yield f"Not written down: {', '.join(sorted(run.troubles))}. Their verdicts are stored;"
        yield "the same command tries to write them again."
    if not run.verdicts:
        return
    name = request.assignment
    notebook = run.verdicts[0]["notebook"]
    yield ""
    if not request.no_feedback:
        yield f"Feedback for students   feedback/NAME/{name}/{notebook}.html"
    yield f"Why, in full            verdicts/{name}/NAME.json"
    yield "By hand and all grades  jupyter lab, then Nbgrader, Formgrader; or nbgrader export"
