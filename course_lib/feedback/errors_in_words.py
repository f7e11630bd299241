"""What one failure says by itself: an error in words, or a sentence of the claim's own.

in_words(assignment, exercise, failure)   # "On this input your function stopped with ValueError: …"
"""

from __future__ import annotations

import re

from course_lib.claims.assignment import Assignment
from course_lib.claims.exercise import Exercise
from course_lib.claims.failures import NO_NAME, CallFailed
from course_lib.claims.shrinking import Failure

# TensorFlow's words where a float32 tensor meets a float64 one.
_PRECISIONS = re.compile(r"expected to be a (double|float) tensor but is a (double|float) tensor")
_TWO_PRECISIONS = (
    " One of the two is float32: so is what tf makes of a plain number, as in tf.math.log(0.2) or "
    "tf.constant(0.2). Give it the type of the others: tf.constant(0.2, tf.float64)."
)

_ERRORS = {
    "missing": "{message}.",
    "raised": "On this input your {kind} stopped with {message}",
    "returned": "Your {kind} returned {message}.",
    "changed": "Your {kind} changed its argument {message} in place: after the call, whoever made "
    "it has another {message}. Work on a copy of it.",
    "timeout": "Is there a loop that does not end? Your {kind} gave {message}.",
    "crashed": "Your code ended its process: {message}.",
    "garbled": "Your code wrote into the grader's channel: {message}.",
}


def in_words(assignment: Assignment, exercise: Exercise, failure: Failure) -> str:
    """The error with the student's own lines; of an answer that came, its claim's own words."""
    wrong = failure.wrong
    if not isinstance(wrong, CallFailed):
        return wrong.message
    kind = kind_of(exercise)
    text = _ERRORS[wrong.error.kind].format(message=wrong.error.message, kind=kind)
    text = text.replace("?.", "?") + _not_there(assignment, wrong.error.message)
    text += _TWO_PRECISIONS if _PRECISIONS.search(wrong.error.message) else ""
    return text + (f"\n{wrong.error.lines}" if wrong.error.lines else "")


def kind_of(exercise: Exercise) -> str:
    """What a student writes: a class, a variable or a function."""
    if exercise.makes_objects:
        return "class"
    return "variable" if exercise.variable else "function"


def _not_there(assignment: Assignment, message: str) -> str:
    """Where a missing name comes from: the notebook's top, or another exercise."""
    missing = NO_NAME.search(message)
    if missing is None:
        return ""
    if missing[1] in assignment.exercises:
        return f". It builds on {missing[1]}, which is not there: fix that one first."
    return ". Have the notebook's first cells been run?" if missing[1] in assignment.given else ""
