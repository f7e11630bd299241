"""`check(tf_log_like)`: which claims hold, and the smallest input on which one does not.

The function is tried where it lives, on fresh inputs in each session. In a notebook the result is
a card; at a bare prompt the same in text.
"""

from __future__ import annotations

import difflib
import functools
import os
import secrets
import sys
from collections.abc import Callable
from typing import Any

from course_lib.calls.perform import perform
from course_lib.checks import ASSIGNMENTS, card, load
from course_lib.checks.answers import shipped
from course_lib.checks.claims import Checks
from course_lib.checks.diagnosis import diagnose
from course_lib.checks.explain import report, report_untried
from course_lib.checks.judging import Ask, Plan, Result, judge
from course_lib.checks.wrong import CallFailed

SHRINKING = 0.3  # seconds


class Card:
    """A result that shows itself: HTML in a notebook, text elsewhere."""

    def __init__(self, result: dict[str, Any]) -> None:
        self.result = result

    def _repr_html_(self) -> str:
        return card.html(self.result)

    def __repr__(self) -> str:
        return card.text(self.result)


def check(function: Callable[..., Any], name: str | None = None) -> None:
    """Try every claim about `function` and show what came of it.

    name: which exercise it is, where that is not the function's own name.

    Under `nbgrader validate` this raises AssertionError unless every claim holds, since that is how
    a validation sees a failure.
    """
    name = name or getattr(function, "__name__", None) or "this"
    checks = _find(name)
    if checks is None:
        print(_unknown(name))
        return
    namespace = {name: function}
    plan = _plan(checks.assignment, name)
    result = tried(plan, name, lambda calls: [perform(namespace, call) for call in calls])
    _show(Card(result))
    if os.environ.get("NBGRADER_EXECUTION") == "validate" and result["earned"] < result["points"]:
        raise AssertionError(card.text(result))


def tried(plan: Plan, name: str, ask: Ask) -> dict[str, Any]:
    """The result of one exercise, as a verdict holds it; a known mistake is called by its name."""
    outcome = judge(plan, plan.checks.exercises[name], ask, SHRINKING)
    if _is_released_stub(outcome):
        return report_untried(plan, outcome) | {"message": f"{name} is yours to write."}
    answered = shipped(plan.checks).get(name)
    return report(plan, outcome, diagnose(outcome, answered.known if answered else None, ask))


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
