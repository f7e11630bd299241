"""Who handed in and is not graded, and who was graded and has no hand-in: lines for a report.

    passed_over(Course(Path("."), "05_hamiltonian"))     # [] where nobody is

What there is to say begins with an empty line, which sets it apart from what stands above.
"""

from __future__ import annotations

from course_lib.grading.course import Course
from course_lib.grading.submission.misplaced_submissions import misplaced_submissions
from course_lib.grading.submission.student_ids import shown_name, student_id
from course_lib.grading.submission.unreadable import unreadable

SHOWN = 5  # names that are shown before the rest is counted, where nobody waits for a grade


def passed_over(course: Course) -> list[str]:
    """Everybody whose hand-in is not graded, by name, why, and what to do."""
    lines = [f"\n{two_spellings(names)}" for names in course.ambiguous().values()]
    for refused in unreadable(course.root, course.assignment).values():
        lines.append(
            f"\nNot graded: {shown_name(refused)}. Next: let yourself read it (chmod -R u+rX), and "
            "run the same command."
        )
    paths = misplaced_submissions(course.root, course.assignment)
    if paths:
        named = ", ".join(shown_name(path) for path in paths)
        lines.append(f"\nPassed over: {named}. A hand-in lies in submitted/NAME/ASSIGNMENT/.")
    return lines


def two_spellings(names: list[str]) -> str:
    """That folders whose names look the same are not graded, with what tells them apart."""
    spelt = " and ".join(f"submitted/{shown_name(n)} ({n!a})" for n in names)
    return (
        f"Refused: {spelt} are one name, spelt in {len(names)} ways. "
        "Next: keep what counts in one folder, and remove or rename the other."
    )


def no_longer(course: Course) -> list[str]:
    """Who was graded earlier and is not under submitted/ any more."""
    closed = {student_id(name) for name in unreadable(course.root, course.assignment)}
    there = {*course.students(), *course.ambiguous(), *closed}
    gone = sorted({*course.graded()} - there)
    if not gone:
        return []
    return [
        f"\nGraded earlier and no longer in submitted/: {few(gone)}. "
        "Their points stay, in verdicts/ and in the gradebook."
    ]


def few(names: list[str]) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(shown_name(name) for name in names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown
