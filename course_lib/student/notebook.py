"""`check(tf_log_like)`: which claims hold, and the smallest input on which one does not.

The function is tried where it lives, on fresh inputs in each session, and what it prints meanwhile
is only counted. In a notebook the result is a card; at a bare prompt the same in text.
"""

from __future__ import annotations

import contextlib
import difflib
import functools
import io
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from typing import Any

from course_lib.checks import ASSIGNMENTS, card, load
from course_lib.checks.answers import shipped
from course_lib.checks.claims import Checks
from course_lib.checks.diagnosis import diagnose
from course_lib.checks.explain import report, report_untried
from course_lib.checks.judging import Ask, Plan, Result, judge
from course_lib.checks.wrong import CallFailed
from course_lib.student.patience import patient

SHRINKING = 0.3  # seconds


class Card:
    """A result that shows itself: HTML in a notebook, text elsewhere."""

    def __init__(self, result: dict[str, Any]) -> None:
        self.result = result

    def _repr_html_(self) -> str:
        return card.html(self.result)

    def __repr__(self) -> str:
        return card.text(self.result)


class _Counted(io.TextIOBase):
    """Takes what is printed, and keeps only how many lines it was."""

    lines = 0

    def write(self, text: str) -> int:
        self.lines += text.count("\n")
        return len(text)


def check(function: Callable[..., Any]) -> None:
    """Try every claim about `function` and show what came of it.

    Under `nbgrader validate` this raises AssertionError unless every claim holds, since that is how
    a validation sees a failure. Raises KeyboardInterrupt where it was interrupted.
    """
    if not callable(function):
        print(_not_a_function(function))
        return
    name = _name_of(function)
    checks = _find(name)
    if checks is None:
        print(_unknown(name))
        return
    plan = _plan(checks.assignment, name)
    with contextlib.redirect_stdout(_Counted()) as printed:
        result = tried(plan, name, patient({name: function}))
    _show(Card(result))
    if printed.lines:
        print(f"While it was tried, {name} printed {printed.lines} lines, which are not shown.")
    if os.environ.get("NBGRADER_EXECUTION") == "validate" and result["earned"] < result["points"]:
        raise AssertionError(card.text(result))


def tried(plan: Plan, name: str, ask: Ask, first: Sequence[str] = ()) -> dict[str, Any]:
    """The result of one exercise, as a verdict holds it; a known mistake is called by its name.

    first: exercises that it is built on and that are not right.
    """
    outcome = judge(plan, plan.checks.exercises[name], ask, SHRINKING)
    if _is_released_stub(outcome):
        return report_untried(plan, outcome) | {"message": f"{name} is yours to write."}
    answered = shipped(plan.checks).get(name)
    known = answered.known if answered else None
    return report(plan, outcome, diagnose(outcome, known, ask, first))


def _is_released_stub(outcome: Result) -> bool:
    """Whether all that ever comes is the bare NotImplementedError of the released cell."""
    wrong = [claim.failure.wrong if claim.failure else None for claim in outcome.claims]
    return all(
        isinstance(each, CallFailed)
        and each.error.kind == "raised"
        and each.error.message.strip(": .") == "NotImplementedError"
        for each in wrong
    )


@functools.cache
def _seed() -> int:
    """One seed for a session: what failed a minute ago is tried again."""
    return secrets.randbits(31)


@functools.cache
def _plan(assignment: str, name: str) -> Plan:
    return Plan.draw(load(assignment), _seed(), only=(name,))


def _name_of(function: Callable[..., Any]) -> str:
    """The exercise that a function is: by its own name, else by one that the notebook gave it.

    `log_prior = functools.partial(by_direction, 1.5)` has none of its own.
    """
    name = getattr(function, "__name__", "")
    given = (n for n, value in vars(sys.modules["__main__"]).items() if value is function)
    return name if _find(name) else next(filter(_find, given), name or "this")


def _not_a_function(thing: Any) -> str:
    name = thing if isinstance(thing, str) and _find(thing) else "tf_log_like"
    return (
        f"check takes the function itself, without quotes and without calling it: check({name}). "
        f"This is a {type(thing).__name__}."
    )


def _find(name: str) -> Checks | None:
    """The assignment that has an exercise of this name."""
    for assignment in ASSIGNMENTS:
        checks = load(assignment)
        if name in checks.exercises:
            return checks
    return None


def _unknown(name: str) -> str:
    names = [exercise for assignment in ASSIGNMENTS for exercise in load(assignment).exercises]
    close = difflib.get_close_matches(name, names, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"The exercises are {', '.join(names)}."
    return f"There is no exercise called {name}. {hint} Keep the name that the cell came with."


def _show(shown: Card) -> None:
    shell = sys.modules.get("IPython")
    if shell is not None and shell.get_ipython() is not None:
        from IPython.display import display

        display(shown)
    else:
        print(shown)
