"""One grading run, as the person who started it sees it.

    code = grade_assignment(Request(Path("."), "05_hamiltonian", jobs=2))

This process is the one writer: while graders work, it brings each verdict into gradebook.db,
autograded/ and feedback/ as it comes. A verdict is stored before that, so after an interruption the
same command goes on with the rest.
"""

from __future__ import annotations

import contextlib
import difflib
import signal
import time
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING, cast

from rich.console import Console
from rich.text import Text

from course_lib.errors import CourseError, ForkServerError, WriteError
from course_lib.grading.course import Course
from course_lib.grading.pool.engine import Options, Outcome, grade_cohort
from course_lib.grading.submission.student_ids import student_id
from course_lib.grading.verdict import Verdict
from course_lib.limits import usable_cores
from course_lib.report.hand_ins import passed_over, two_spellings
from course_lib.report.printed import print_end
from course_lib.report.progress import progress
from course_lib.report.run import Request, Run
from course_lib.text import one_line

if TYPE_CHECKING:
    from course_lib.grading.nbgrader.writer import Writer

ASKED_FIRST = (
    "The bank's mistakes, or the solutions, have changed since the mistakes' answers were written: "
    "they are worked out first, in about a minute. `course audit` keeps them with the bank."
)


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
            for outcome in graded(course, students, seed, request):
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
    return print_end(run, request, course, len(students), seed, seconds, console)


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


def graded(course: Course, students: list[str], seed: int, request: Request) -> Iterator[Outcome]:
    """The engine's outcomes; its graders end with this generator."""
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
