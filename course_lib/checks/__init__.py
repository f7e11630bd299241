"""What is right: one file of claims per assignment.

`claims`      what a claim is, and how a file of claims is written
`strategies`  the inputs that claims are tried on
`tolerance`   how far a right answer may be from the reference, and why
`judging`     tries an exercise's claims on a student's answers
`stopwatch`   where the time goes
`worksheet`   the claims of 00_worksheet

Claims import the reference and never TensorFlow: the verifier that runs them has none.
"""

from __future__ import annotations

import importlib

from course_lib.checks.claims import Checks

ASSIGNMENTS = ("00_worksheet",)  # those that have claims, in the order of the course


def load(assignment: str) -> Checks:
    """The claims of an assignment: `load("00_worksheet")` reads `course_lib/checks/worksheet.py`.

    Raises LookupError, naming the file it looked for, when the assignment has none.
    """
    topic = assignment.partition("_")[2]
    try:
        module = importlib.import_module(f"course_lib.checks.{topic}")
        checks: Checks = module.CHECKS
    except (ModuleNotFoundError, AttributeError):
        raise LookupError(
            f"assignment {assignment!r} has no claims: course_lib/checks/{topic}.py "
            "with a CHECKS in it is where they would be"
        ) from None
    return checks
