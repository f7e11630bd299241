"""One grading run, as the person who started it sees it.

    code = grade_assignment(Request(Path("."), "05_hamiltonian", jobs=2))

This process is the one writer: while workers grade, it brings each verdict into gradebook.db,
autograded/ and feedback/ as it comes. A verdict is stored before that, so after an interruption the
same command goes on with the rest.
"""

from __future__ import annotations

import contextlib
import difflib
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING, cast

from rich.console import Console
from rich.text import Text

from course_lib.claims.stopwatch import Stopwatch
from course_lib.errors import AuthorFault, CourseError, ForkServerError, WriteError
from course_lib.grading.course import Course
from course_lib.grading.pool.engine import Options, Outcome, grade_cohort
from course_lib.grading.submission.student_ids import student_id
from course_lib.grading.verdict import Verdict, name_in
from course_lib.limits import usable_cores
from course_lib.report.hand_ins import few, no_longer, passed_over, two_spellings
from course_lib.report.progress import progress
from course_lib.report.table import summary
from course_lib.report.timings import timings
from course_lib.text import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from course_lib.grading.nbgrader.writer import Writer

ASKED_FIRST = (
    "The bank's mistakes, or the solutions, have changed since the mistakes' answers were written: "
    "they are worked out first, in about a minute. `course audit` keeps them with the bank."
)
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
    renewed: whose points stayed, and what is shown of the hand-in had changed.
    """

    verdicts: list[Verdict] = field(default_factory=list)
    troubles: dict[str, str] = field(default_factory=dict)
    reused: int = 0
    renewed: list[str] = field(default_factory=list)
    stopped: str = ""
    fresh: list[Verdict] = field(default_factory=list)
    clock: Stopwatch = field(default_factory=Stopwatch)


def grade_assignment(request: Request, console: Console | None = None) -> int:
    """Grade, write, print; returns the exit code.

    Raises CourseError where it cannot start, also where the gradebook would not take the results.
    """
    console = console or _console()
    course = Course(request.root, request.assignment)
    course.content  # noqa: B018 - read now: a fault in the course is said before anything starts
    students = students_of(course, request.students)
    seed = course.seed() if request.seed is None else request.seed
    from course_lib.grading.nbgrader.writer import Writer

    writer = Writer(request.root)
    with contextlib.suppress(WriteError):  # another program holds it: it may be done by then
        writer.register(request.assignment)
    mistakes = course.mistakes()
    if mistakes is not None and not mistakes.prepare(course.undrawn()):
        console.print(Text(ASKED_FIRST))
    began = time.monotonic()
    run = Run()
    jobs = None if request.scheduler else request.jobs or usable_cores()
    names = course.names()
    with progress(console, [names.get(each, each) for each in students], jobs) as advance:
        try:
            for outcome in _graded(course, students, seed, request):
                with uninterrupted():
                    _take(run, outcome, writer, request)
                verdict = outcome.verdict
                if outcome.shown:
                    continue
                again = ", as before" if outcome.reused else ""
                points = f"{verdict['earned']:g}/{verdict['possible']:g}"
                advance(
                    names.get(outcome.student, outcome.student),
                    f"{points}{again}",
                    graded=not outcome.reused,
                )
        except KeyboardInterrupt:
            run.stopped = "stopped"
        except OSError as error:
            run.stopped = f"a verdict could not be stored: {error}"
        except (ForkServerError, CourseError) as error:
            if not run.verdicts:
                raise  # it could not even start
            run.stopped = one_line(error, 2000)
    seconds = time.monotonic() - began
    return _report(run, request, course, len(students), seed, seconds, console)


def _console() -> Console:
    """The terminal; where there is none, wide enough for a line of remarks."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=120)


def students_of(course: Course, asked: tuple[str, ...]) -> list[str]:
    """Whom to grade, by id. Raises CourseError for a name that has handed in nothing."""
    known = course.students()
    ids = {name: name if name in known else student_id(name) for name in asked}
    for name, student in ids.items():
        if student in course.ambiguous():
            raise CourseError(two_spellings(course.ambiguous()[student]))
        if student not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise CourseError(
                f"{name} has handed in nothing: there is no submitted/{name}/{course.assignment}/."
                f"{hint}"
            )
    if not known:
        names = ".ipynb and ".join(each.notebook for each in course.notebooks)
        raise CourseError(
            f"nobody has handed in {course.assignment}. Next: put notebooks where nbgrader puts "
            f"them, submitted/NAME/{course.assignment}/{names}.ipynb, by hand "
            "or with `nbgrader collect`." + "".join(passed_over(course))
        )
    return list(dict.fromkeys(ids.values())) or known


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
    verdict = outcome.verdict
    if not outcome.shown:
        slim = cast("Verdict", {key: verdict[key] for key in verdict if key != "cells"})  # type: ignore[literal-required]
        run.verdicts.append(slim)  # a cohort's pictures would not fit into memory
        run.fresh += [] if outcome.reused else [slim]
    run.reused += outcome.reused
    about = (verdict["assignment"], verdict["student"])
    try:
        with run.clock.stage("write"):
            if not outcome.reused:
                writer.write(verdict, outcome.submission)
            elif not writer.is_written(verdict, outcome.submission):
                writer.write(verdict, outcome.submission)
                run.renewed.append(outcome.student)
            else:
                writer.penalise(*about)
        if not request.no_feedback:
            with run.clock.stage("feedback"):
                if not outcome.reused or not writer.has_page(*about):
                    writer.feedback(*about)
    except (WriteError, OSError) as error:
        run.troubles[outcome.student] = str(error)


def _report(
    run: Run,
    request: Request,
    course: Course,
    total: int,
    seed: int,
    seconds: float,
    console: Console,
) -> int:
    faults = course.content.faults()
    run.verdicts.sort(key=name_in)
    if run.verdicts or run.troubles:
        summary(run.verdicts, run.troubles, console)
    done = len(run.verdicts)
    words = f"{done} of {total} graded in {seconds:.0f} s, seed {seed}"
    if run.reused:
        words += f"; {run.reused} of them were graded before and had not changed"
        if run.renewed:
            words += f"; written again: {few(run.renewed)}"
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
    page = ""
    if run.verdicts and not run.stopped:
        from course_lib.report.cohort.make import after_run  # Matplotlib: half a second

        page = after_run(request.root, request.assignment, seconds, len(run.fresh))
    over = passed_over(course)
    for line in (*_at_fault(run, faults), *_next(run, request, page), *no_longer(course), *over):
        console.print(Text(line), soft_wrap=True)
    if run.stopped == "stopped":
        return INTERRUPTED
    faulty = faults or any(_ungraded(verdict) for verdict in run.verdicts)
    return TROUBLE if run.stopped or run.troubles or faulty or over or done < total else DONE


def _ungraded(verdict: Verdict) -> list[str]:
    return [check["exercise"] for check in verdict["checks"] if check["status"] == "ungraded"]


def _at_fault(run: Run, faults: Sequence[AuthorFault]) -> Iterator[str]:
    """What the assignment's author has to correct, and whose points wait for it."""
    counts = Counter(name for verdict in run.verdicts for name in _ungraded(verdict))
    if not counts and not faults:
        return
    yield ""
    for name, count in counts.items():
        total = len(run.verdicts)
        yield f"Not graded: {name}, of {count} of {total}; it counts as 0 points so far."
    said = dict.fromkeys(map(str, faults))
    remarks = (remark for verdict in run.verdicts for remark in verdict.get("remarks", []))
    for remark in remarks:
        _, told, fault = remark.partition(" is not graded: ")
        if told:
            said[fault] = None
    yield from said
    yield "Correct it, and the same command grades again what depends on it."


def _next(run: Run, request: Request, page: str) -> Iterator[str]:
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
    first = run.verdicts[0]
    notebook = "*" if "notebooks" in first else first["notebook"]
    yield ""
    if not request.no_feedback:
        yield f"Feedback for students   feedback/NAME/{name}/{notebook}.html"
    yield f"Why, in full            verdicts/{name}/NAME.json"
    if page:
        yield f"What the class did      {page}"
    yield "By hand and all grades  jupyter lab, then Nbgrader, Formgrader; or nbgrader export"
