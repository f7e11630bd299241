"""Every error whose message is for a person, as one family.

    CourseLibError
    ├── UnusableError         the file that was named cannot be checked
    ├── AuthoringError        a notebook or its claims cannot be built or released
    │   ├── AuthorFault       a claim, a truth, a strategy or an explanation is at fault
    │   └── ReleaseRefused    the checks are known to be wrong
    ├── CourseError           the course folder cannot be graded as it is
    │   ├── BankError         the folder holds no bank of mistakes and right answers
    │   └── GradebookError    nbgrader's gradebook does not take what is asked of it
    ├── ForkServerError       the process that runs submissions did not start, or is gone
    └── WriteError            a verdict could not be written into the gradebook

The message says what is wrong, where, and what to do next. The `course` command prints it without a
traceback and leaves with `exit_code`.

>>> raise CourseError("no release/01_x/: run `course release 01_x`")
Traceback (most recent call last):
...
course_lib.errors.CourseError: no release/01_x/: run `course release 01_x`
"""

from __future__ import annotations

from collections.abc import Sequence


class CourseLibError(Exception):
    """Something that cannot be done as asked; the message says why and what to do."""

    exit_code = 2


class UnusableError(CourseLibError):
    """The file cannot be checked: it is not a notebook, or not one of this course."""


class AuthoringError(CourseLibError):
    """An assignment cannot be built or released. `faults` says why, all of them at once."""

    def __init__(self, summary: str, faults: Sequence[object] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join([summary, *map(str, self.faults)]))


class AuthorFault(AuthoringError):
    """Something that an assignment's author wrote does not work: where, what, and what to do.

    file: as its author knows it, `assignments/01_x/f.py`; line: from 1, or 0 where it is not known.
    """

    def __init__(self, file: str, line: int, problem: str, next_step: str = "") -> None:
        self.file, self.line, self.problem, self.next_step = file, line, problem, next_step
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {problem}" + (f"\n    next: {next_step}" if next_step else ""))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.file, self.line, self.problem, self.next_step)


class ReleaseRefused(AuthoringError):
    """The checks are not good enough for a release; the message says what was found."""


class CourseError(CourseLibError):
    """The course folder cannot be graded as it is."""


class BankError(CourseError):
    """The folder holds no bank; the message says what is expected."""


class GradebookError(CourseError):
    """nbgrader's gradebook does not take what is asked of it; the message says why."""


class ForkServerError(CourseLibError, RuntimeError):
    """The process that runs submissions did not start, or is gone."""


class WriteError(CourseLibError, RuntimeError):
    """A verdict could not be written; the message names the student and the next step."""
