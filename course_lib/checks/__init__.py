"""What is right: the claims about each assignment, and how they are tried and explained.

`claims`        what a claim is, and how a file of claims is written
`asking`        the student's functions, as a claim calls them; `wrong`: how a claim fails
`strategies`    the inputs that claims are tried on
`tolerance`     how far a right answer may be from the reference, and why
`judging`       tries an exercise's claims on a student's answers
`shrinking`     makes an input on which one failed small enough to be read
`diagnosis`     asks a little more where one failed: `mistakes` that are known, by the fixed
                `questions` to which their `answers` are kept, and what a picture needs
`explain`       says what failed, with what wrong answers have in common (`patterns`, `as_if`,
                `terms`, `whereabouts`)
`card`          one exercise's result as HTML and as text; `drawing`: its picture
`contours`      a log posterior, seen from above
`dependencies`  which cells must run for that
`foundations`   which exercises an exercise is built on: those are mended first
`stopwatch`     where the time goes
`worksheet`     the claims of 00_worksheet

Claims import the reference and never TensorFlow: the verifier that runs them has none.
"""

from __future__ import annotations

import difflib
import importlib

from course_lib.checks.claims import Checks

ASSIGNMENTS = ("00_worksheet",)  # those that have claims, in the order of the course


def load(assignment: str) -> Checks:
    """The claims of an assignment: `load("00_worksheet")` reads `course_lib/checks/worksheet/`.

    Raises LookupError where the assignment has none; what is wrong inside them is raised as it is.
    """
    if assignment not in ASSIGNMENTS:
        close = difflib.get_close_matches(assignment, ASSIGNMENTS, n=1)
        known = f"those with claims: {', '.join(ASSIGNMENTS)}"
        hint = f"did you mean {close[0]}?" if close else known
        raise LookupError(f"no assignment {assignment!r} can be graded: {hint}")
    topic = assignment.partition("_")[2]
    checks: Checks = importlib.import_module(f"course_lib.checks.{topic}").CHECKS
    return checks
