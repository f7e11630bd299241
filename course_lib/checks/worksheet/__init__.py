"""The claims of 00_worksheet: one file for each exercise, named as its function.

`exercises`  signature, points and truth of each
`extremes`   lines that are tried every time
`returned`   whether an answer has the type that its signature says

>>> from course_lib.checks import load
>>> sum(exercise.points for exercise in load("00_worksheet").exercises.values())
18
"""

from course_lib.checks.worksheet import (  # each registers its claims
    fit_line,
    grad_log_like,
    grad_log_like_log_s,
    log_prior,
    log_prob,
    sampling_efficiency,
    tf_log_like,
    tf_log_like_log_s,
)
from course_lib.checks.worksheet.exercises import CHECKS

CHECKS.validate()

__all__ = [
    "CHECKS",
    "fit_line",
    "grad_log_like",
    "grad_log_like_log_s",
    "log_prior",
    "log_prob",
    "sampling_efficiency",
    "tf_log_like",
    "tf_log_like_log_s",
]
