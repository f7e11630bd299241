"""A course on gradient-based inference that grades itself.

In a notebook:

    from course_lib import check, check_all, hint
    check(leapfrog)          # which claims hold, and the smallest input on which one does not
    hint(leapfrog)           # a hint, and one more each time
    check_all()              # every exercise of the notebook, and the total
    failing_input(leapfrog)  # the arguments with which it was last shown to go wrong
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__version__ = "0.1.0"
__all__ = ["check", "check_all", "failing_input", "hint"]

# Where the checks are not installed (in the process that runs a submission for its grade) these do
# nothing: there the verdict is made elsewhere.


def check(function: Callable[..., Any], assignment: str | None = None) -> Any:
    """Show which claims about `function` hold, as a card under the cell."""
    return _student("check", function, assignment)


def check_all(assignment: str | None = None) -> Any:
    """Check every exercise of the notebook, and show all of them with the total."""
    return _student("check_all", assignment)


def hint(function: Callable[..., Any], assignment: str | None = None) -> Any:
    """Show a hint for the exercise that `function` is; one more each time."""
    return _student("hint", function, assignment)


def failing_input(function: Callable[..., Any]) -> Any:
    """The arguments with which `check(function)` last showed that a claim does not hold."""
    return _student("failing_input", function)


def _student(name: str, *arguments: Any) -> Any:
    try:
        from course_lib.student import check as student
    except ImportError as error:
        ours = (error.name or "").startswith("course_lib")
        if isinstance(error, ModuleNotFoundError) and not ours:
            raise  # a library that is missing is said
        return None  # in the grader's process there is no such module
    return getattr(student, name)(*arguments)
