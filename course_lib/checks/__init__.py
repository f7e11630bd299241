"""What is right: the claims about each assignment, and how they are tried and explained.

`claims`      what a claim is, and how a file of claims is written
`strategies`  the inputs that claims are tried on
`tolerance`   how far a right answer may be from the reference, and why
`judging`     tries an exercise's claims on a student's answers
`explain`     says what failed, with `mistakes` (known ones) and `whereabouts` (where it fails)
`card`        one exercise's result as HTML and as text
`dependencies`  which cells must run for that
`stopwatch`   where the time goes
`worksheet`   the claims of 00_worksheet

Claims import the reference and never TensorFlow: the verifier that runs them has none.
"""

from __future__ import annotations

import difflib
import importlib

from course_lib.checks.claims import Checks

ASSIGNMENTS = ("00_worksheet",)  # those that have claims, in the order of the course


def load(assignment: str) -> Checks:
    """The claims of an assignment: `load("00_worksheet")` reads `course_lib/checks/worksheet/`.

    Raises LookupError, naming the file it looked for, when the assignment has none.
    """
    topic = assignment.partition("_")[2]
    try:
        module = importlib.import_module(f"course_lib.checks.{topic}")
        checks: Checks = module.CHECKS
    except (ModuleNotFoundError, AttributeError):
        close = difflib.get_close_matches(assignment, ASSIGNMENTS, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(ASSIGNMENTS)}"
        raise LookupError(f"no assignment {assignment!r} can be graded: {hint}") from None
    return checks
