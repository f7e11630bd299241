"""The end of a grading run, in words: the table, what went wrong, and where to look next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from course_lib.errors import AuthorFault
from course_lib.grading.course import Course
from course_lib.grading.verdict import Verdict, name_in
from course_lib.report.hand_ins import few, no_longer, passed_over
from course_lib.report.run import DONE, INTERRUPTED, TROUBLE, Request, Run
from course_lib.report.table import summary
from course_lib.report.timings import timings


def print_end(
    run: Run,
    request: Request,
    course: Course,
    total: int,
    seed: int,
    seconds: float,
    console: Console,
) -> int:
    """Print it; returns the exit code."""
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
    faulty = faults or any(ungraded(verdict) for verdict in run.verdicts)
    return TROUBLE if run.stopped or run.troubles or faulty or over or done < total else DONE


def ungraded(verdict: Verdict) -> list[str]:
    """The exercises that could not be judged, by a fault of the course."""
    return [check["exercise"] for check in verdict["checks"] if check["status"] == "ungraded"]


def _at_fault(run: Run, faults: Sequence[AuthorFault]) -> Iterator[str]:
    """What the assignment's author has to correct, and whose points wait for it."""
    counts = Counter(name for verdict in run.verdicts for name in ungraded(verdict))
    if not counts and not faults:
        return
    yield ""
    for name, count in counts.items():
        total = len(run.verdicts)
        yield f"Not graded: {name}, of {count} of {total}; it counts as 0 points so far."
    yield from to_correct(faults, run.verdicts)
    yield "Correct it, and the same command grades again what depends on it."


def to_correct(faults: Iterable[AuthorFault], verdicts: Iterable[Verdict]) -> list[str]:
    """The course's faults, each once, and those that only judging has found."""
    remarks = (remark for verdict in verdicts for remark in verdict.get("remarks", []))
    told = (remark.partition(" is not graded: ")[2] for remark in remarks)
    return list(dict.fromkeys(filter(None, [*map(str, faults), *told])))


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
