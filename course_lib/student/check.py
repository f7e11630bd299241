"""`check(leapfrog)`: which claims hold, and the smallest input on which one does not.

The function is tried where it lives: on inputs that are recorded in a student's package, or on
fresh ones where the course itself lies. What it prints, warns of and draws is left out. In a
notebook the result is a card; at a bare prompt the same in text. `check_all()` tries every
exercise, `hint(f)` shows its author's hints.
"""

from __future__ import annotations

import contextlib
import functools
import io
import secrets
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from course_lib.claims.assignment import Assignment
from course_lib.claims.failures import CallFailed
from course_lib.claims.judging import Result, judge
from course_lib.claims.sampling import Ask, SamplingPlan
from course_lib.feedback import card
from course_lib.feedback.diagnosis import diagnose
from course_lib.feedback.explain import report, report_untried
from course_lib.feedback.mistake_archive import shipped
from course_lib.feedback.results import ExerciseReport
from course_lib.feedback.stumbles import IN_FUNCTION
from course_lib.kernel.environment import one_thread
from course_lib.limits import EXERCISE_SECONDS
from course_lib.notebook.code import STUB, Code
from course_lib.protocol.perform import handed_over
from course_lib.student import session
from course_lib.student.hints import next_hints
from course_lib.student.kernel import History
from course_lib.student.page import Page, in_notebook
from course_lib.student.timeouts import Clock, patient
from course_lib.student.which_assignment import name_of, notebook_path, of_exercise, of_notebook

AGAIN = "from course_lib import failing_input; {name}(*failing_input({name}))"

_FAILED: dict[str, tuple[Any, ...]] = {}  # by function, the arguments of the example shown


class Card:
    """A result that shows itself, with what is done and next: HTML in a notebook, else text."""

    def __init__(self, result: ExerciseReport, progress: str = "") -> None:
        self.result, self._progress = result, progress

    def _repr_html_(self) -> str:
        more = f'<p style="margin:.2em 0;opacity:.8">{self._progress}</p>' if self._progress else ""
        return card.html(self.result) + more

    def __repr__(self) -> str:
        return "\n".join(filter(None, [card.text(self.result), self._progress]))


class _Counted(io.TextIOBase):
    """Takes what is printed, and keeps only how many lines it was."""

    lines = 0

    def write(self, text: str) -> int:
        self.lines += text.count("\n")
        return len(text)


def check(function: Callable[..., Any], assignment: str | None = None) -> None:
    """Try every claim about `function` and show what came of it.

    assignment: its name, such as "04_posterior", where that cannot be told from the notebook.

    Where it takes long, it says how far it is. Raises Stopped where it was interrupted.
    """
    page = Page()
    with page.until_stopped(getattr(function, "__name__", "the function")):
        _check(function, assignment, page)


def _check(function: Callable[..., Any], assignment: str | None, page: Page) -> None:
    found = _found(function, assignment)
    if isinstance(found, str):
        print(found)
        return
    content, name = found
    with _quietly() as printed:
        result = _result(content, name, function, page)
    session.note(content, result)
    several = len(session.results(content)) > 1
    page.show(Card(result, session.progress(content, session.results(content)) if several else ""))
    if printed.lines:
        print(f"While it was tried, {name} printed {printed.lines} lines, which are not shown.")


def check_all(assignment: str | None = None) -> None:
    """Check every exercise of the notebook; show each, the total, what is next, and a receipt.

    Raises Stopped where it was interrupted.
    """
    content = of_notebook(assignment)
    if isinstance(content, str):
        print(content)
        return
    page = Page()
    main = vars(sys.modules["__main__"])
    for name, exercise in content.exercises.items():
        with page.until_stopped(name), _quietly():
            page.say(f"trying {name} …")
            function = main.get(name)
            if function is None and not exercise.variable:
                result = tried(_plan(content, name), name, patient({}))
            else:
                result = _result(content, name, function, page)
        session.note(content, result)
    known = session.results(content)
    history, path = History.of_kernel(), notebook_path()
    sources = "\n".join(history.code(main.get(name), name).source for name in known)
    page.show(session.Overview(content, known, session.receipt(content, known, path, sources)))


def hint(function: Callable[..., Any], assignment: str | None = None) -> None:
    """Show the next hint that the exercise's author has written, with those before it."""
    found = _found(function, assignment)
    if isinstance(found, str):
        print(found.replace("check(", "hint(").replace("check takes", "hint takes"))
        return
    content, name = found
    hints = next_hints(content.name, content.exercises[name])
    if hints is None:
        print(
            f"There are no hints for {name}. Where the lesson has some, they are folded beside "
            f"its task; check({name}) says what is wrong with it."
        )
        return
    Page().show(hints)


def failing_input(function: Callable[..., Any]) -> tuple[Any, ...]:
    """The arguments with which the last check of `function` showed that a claim does not hold.

    Raises LookupError where there is no such check.
    """
    name = name_of(function)
    if name not in _FAILED:
        raise LookupError(f"no check of {name} has shown an input yet. Next: check({name})")
    return _FAILED[name]


def _found(function: Any, assignment: str | None) -> tuple[Assignment, str] | str:
    """The assignment and the exercise that are meant, or a sentence that says what to write."""
    name = name_of(function)
    found = of_exercise(name, assignment, function)
    if isinstance(found, str):
        return found if callable(function) else _not_a_function(function)
    if not callable(function) and not found.exercises[name].variable:
        return _not_a_function(function)
    return found, name


@contextlib.contextmanager
def _quietly() -> Iterator[_Counted]:
    """Keeps what the function prints, warns of and displays out of the page; counts the lines.

    Linear algebra has one thread meanwhile.
    """
    with contextlib.ExitStack() as stack:
        printed = stack.enter_context(contextlib.redirect_stdout(_Counted()))
        stack.enter_context(contextlib.redirect_stderr(_Counted()))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")  # the inputs are the course's, not the student's
        stack.enter_context(_without_windows())
        stack.enter_context(one_thread())
        if in_notebook():
            from IPython.utils.capture import capture_output

            stack.enter_context(capture_output(stdout=False, stderr=False, display=True))
        yield printed


@contextlib.contextmanager
def _without_windows() -> Iterator[None]:
    """Lets `plt.show()` show nothing: a window at a bare prompt would wait to be closed."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        yield
        return
    show, pyplot.show = pyplot.show, lambda *_args, **_how: None  # type: ignore[attr-defined]
    try:
        yield
    finally:
        pyplot.show = show  # type: ignore[attr-defined]


def _result(content: Assignment, name: str, function: Any, page: Page) -> ExerciseReport:
    """The result of a function in this process, with what the kernel's cells tell about it."""
    main = vars(sys.modules["__main__"])
    history = History.of_kernel(notebook_path())
    plan, exercise = _plan(content, name), content.exercises[name]

    def wrong() -> list[str]:
        """The exercises below this one that are there and not right."""
        below = history.prerequisites.exercises(name, content.exercises)
        there = [other for other in below if other in main]
        return [other for other in there if not _is_right(content, other, clock)]

    clock = Clock(EXERCISE_SECONDS)
    ask = patient(
        {**main, name: function}, clock, on_call=lambda number, of: page.at(name, number, of)
    )
    outcome = judge(plan, exercise, ask)
    result = explained(plan, outcome, ask, wrong, history.code(function, name))
    stale = history.stale(function, name, exercise.arguments)
    if stale:
        result["message"] = "\n".join(filter(None, [stale, result.get("message")]))
    _keep_example(result, outcome)
    return result


def _is_right(content: Assignment, name: str, clock: Clock) -> bool:
    """Whether another exercise, as it is now, has all its points."""
    ask = patient(vars(sys.modules["__main__"]), clock)
    outcome = judge(_plan(content, name), content.exercises[name], ask, shrinking=False)
    return outcome.earned >= content.exercises[name].points


def _keep_example(result: ExerciseReport, outcome: Result) -> None:
    """Keep the example's arguments for `failing_input`; say so where no line can hold them."""
    name = outcome.exercise.name
    _FAILED.pop(name, None)
    example = card.example(result)
    for each, claim in zip(outcome.claims, result["claims"], strict=True):
        question = each.failure.question if each.failure is not None else None
        if claim is example and question is not None and question.simple:
            takes = question.takes
            _FAILED[name] = tuple(handed_over(value, takes) for value in question.arguments)
            if not claim.get("paste"):
                claim["paste"] = AGAIN.format(name=name)


def tried(
    plan: SamplingPlan,
    name: str,
    ask: Ask,
    first: Sequence[str] | Callable[[], Sequence[str]] = (),
    code: Code | None = None,
) -> ExerciseReport:
    """The result of one exercise, as a verdict holds it; a known mistake is called by its name.

    first: exercises that it is built on and that are not right, or what finds them where points are
    lost. code: what it is written as.
    """
    outcome = judge(plan, plan.assignment.exercises[name], ask)
    return explained(plan, outcome, ask, first, code)


def explained(
    plan: SamplingPlan,
    outcome: Result,
    ask: Ask,
    first: Sequence[str] | Callable[[], Sequence[str]] = (),
    code: Code | None = None,
) -> ExerciseReport:
    """The report on an exercise that was judged; see `tried`."""
    name = outcome.exercise.name
    if _is_released_stub(outcome, code):
        untried = report_untried(plan, outcome)
        untried["message"] = f"{name} is yours to write."
        return untried
    if outcome.status in ("passed", "missing"):
        first = ()
    elif callable(first):
        first = first()
    answered = shipped(plan.assignment).get(name)
    known = answered.known if answered else None
    return report(plan, outcome, diagnose(plan, outcome, known, ask, first, code))


def _is_released_stub(outcome: Result, code: Code | None) -> bool:
    """Whether all that ever comes is the NotImplementedError of this exercise's own bare cell."""
    if outcome.fault is not None or (code is not None and code.left_over):
        return False
    wrong = [claim.failure.wrong if claim.failure else None for claim in outcome.claims]
    return all(
        isinstance(each, CallFailed)
        and each.error.kind == "raised"
        and each.error.message.strip(": .") == STUB
        and IN_FUNCTION.findall(each.error.lines)[-1:] in ([], [outcome.exercise.name])
        for each in wrong
    )


@functools.cache
def _seed() -> int:
    """One seed for a session: what failed a minute ago is tried again."""
    return secrets.randbits(31)


@functools.cache
def _plan(assignment: Assignment, name: str) -> SamplingPlan:
    return plan_of(assignment, name, _seed())


def plan_of(assignment: Assignment, name: str, seed: int) -> SamplingPlan:
    """The inputs on which an exercise is tried: recorded ones where there are no truths."""
    if assignment.record is not None:
        return assignment.record.plan(assignment, name)
    return SamplingPlan.draw(assignment, seed, only=(name,))


def _not_a_function(thing: Any) -> str:
    name = thing if isinstance(thing, str) and thing.isidentifier() else "my_function"
    kind = type(thing).__name__
    article = "an" if kind[0].lower() in "aeiou" else "a"
    return (
        f"check takes the function itself, without quotes and without calling it: check({name}). "
        f"This is {article} {kind}."
    )
