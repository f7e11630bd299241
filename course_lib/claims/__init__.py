"""What is right: the claims about each assignment, and how they are tried.

An author needs what is imported here:

    from course_lib.claims import agree, exercise

`exercise`       what an exercise and a claim are, and how they are written
`failures`       how a claim fails; `returned`: claims about what type came back
`rounding`       how far rounding may move a right answer
`assignment`     the exercises of one assignment; `loading`: from a folder; `bank`: its known
                 mistakes and other right answers; `faults`: where an author's code is wrong
`truth`          right answers, worked out or recorded; `truth_proxy`: as a claim asks for them;
                 `record`: what a student's package has in their place
`student_proxy`  a student's functions, as a claim calls them; `conform`: how an answer is read
`sampling`       a cohort's inputs and questions
`judging`        tries an exercise's claims on a student's answers
`steadiness`     whether the same question gets the same answer
`simplicity`     how simple an input is to read; `shrinking`: makes an input on which one failed
                 small enough to be read
`reproducible_draws`  makes one seed give the same inputs in every process
`stopwatch`      where the time goes

Nothing here imports TensorFlow: the verifier that runs claims has none.
"""

from course_lib.claims.exercise import Exercise, Inputs, exercise
from course_lib.claims.failures import CallFailed, ClaimFailure, agree, falls
from course_lib.claims.returned import finite_numbers, float64_array, float64_tensors
from course_lib.claims.rounding import EPS, rounding
from course_lib.protocol.values import Figure, Named, Numbers, Seed, Table, describe

__all__ = [
    "EPS",
    "CallFailed",
    "ClaimFailure",
    "Exercise",
    "Figure",
    "Inputs",
    "Named",
    "Numbers",
    "Seed",
    "Table",
    "agree",
    "describe",
    "exercise",
    "falls",
    "finite_numbers",
    "float64_array",
    "float64_tensors",
    "rounding",
]
