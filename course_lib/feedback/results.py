"""What is said about one exercise and each of its claims, in the form of a verdict's JSON.

report: ExerciseReport = explain.report(plan, result, diagnosis)
report["claims"][0]["passed"]
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from course_lib.claims.judging import Status


class ClaimReport(TypedDict):
    """One claim: whether it holds, and the smallest inputs on which it does not.

    gate: nothing of the exercise earns a point without it. tried: False where there was nothing to
    try it on. paste: Python that calls the function so again. relative: what is expected follows
    from the student's own other answers. derived: what is compared is made from answers, such as
    their difference. parts: what each number of these belongs to. picture: numbers that the card
    draws (`pictures`).
    """

    claim: str
    passed: bool
    sentence: NotRequired[str]
    points: NotRequired[float]
    gate: NotRequired[bool]
    tried: NotRequired[bool]
    inputs: NotRequired[dict[str, Any]]
    paste: NotRequired[str]
    expected: NotRequired[Any]
    got: NotRequired[Any]
    relative: NotRequired[bool]
    derived: NotRequired[bool]
    parts: NotRequired[list[str]]
    mistake: NotRequired[str]
    message: NotRequired[str]
    picture: NotRequired[dict[str, Any]]


class ExerciseReport(TypedDict):
    """One exercise: its points, and its claims. remarks: for staff, moved to the verdict's own.

    built_on: exercises that it is built on and that are to be mended first.
    judged: "inside" where the instructor's test ran in the submission's own process, which can
    deceive it. Else claims alone judged it.
    """

    exercise: str
    earned: float
    points: float
    status: Status
    claims: list[ClaimReport]
    message: NotRequired[str]
    built_on: NotRequired[list[str]]
    judged: NotRequired[Literal["inside"]]
    remarks: NotRequired[list[str]]


def is_label(words: str) -> bool:
    """Whether a claim's words only name the numbers beside them: "this is the share".

    They begin in lower case and have no end, as a sentence has: "y is taken about the mean of x."
    Of several lines the first counts.
    """
    first = words.partition("\n")[0].rstrip()
    return first[:1].islower() and not first.endswith((".", "?", "!"))
