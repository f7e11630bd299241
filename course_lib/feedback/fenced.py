"""Runs what an author wrote to explain an answer; where it fails, its words alone are lost.

fenced(explain, evidence, "the explanation", evidence.exercise, assignment, remarks)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from course_lib.claims.assignment import Assignment
from course_lib.claims.exercise import Exercise
from course_lib.claims.failures import ClaimFailure
from course_lib.claims.faults import fault_of
from course_lib.errors import CourseLibError
from course_lib.unwarned import unwarned

Given = TypeVar("Given")
Said = TypeVar("Said")


def fenced(
    author: Callable[[Given], Said],
    given: Given,
    kind: str,
    exercise: Exercise,
    assignment: Assignment,
    remarks: list[str],
) -> Said | None:
    """What `author(given)` returns; None where it fails, and a remark for staff.

    kind: "the explanation" or "the picture". No remark is made where a student's record does not
    have all that is asked of the truth.
    """
    try:
        with unwarned():
            return author(given)
    except (CourseLibError, ClaimFailure):
        return None
    except Exception as error:
        name = getattr(author, "__name__", "without a name")
        fault = fault_of(error, assignment.folder, f"{kind} {name} failed")
        remarks.append(f"{exercise.name} is shown without {name}: {fault}")
        return None
