"""`course similar`: a list of pairs in the terminal, and the page.

code = look_for_likeness(root, "01_pendulum", least=0.5)
"""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from course_lib.errors import CourseError
from course_lib.grading.course import Course
from course_lib.grading.verdict import write_whole
from course_lib.similar.page import pairs_page
from course_lib.similar.pairs import similar_pairs
from course_lib.similar.written import written
from course_lib.text import one_line

FOLDER = "similar"
SHOWN = 20  # pairs in the terminal; all are on the page


def look_for_likeness(
    root: Path, assignment: str, least: float, console: Console | None = None
) -> int:
    """Compare everybody's hand-in, write the page, print the list; returns the exit code.

    Raises CourseError where fewer than two have handed in.
    """
    import copydetect  # noqa: F401  # said before anything is read, where the extra is missing

    console = console or Console(highlight=False)
    course = Course(root, assignment)
    names = course.names()
    code = {}
    for student, name in names.items():
        text = written(course.submission(student))
        if text.strip():
            code[name if list(names.values()).count(name) == 1 else student] = text
    if len(code) < 2:
        raise CourseError(
            f"fewer than two have written anything for {assignment}: there is nothing to compare"
        )
    skeleton = "\n\n".join(cell.source for cell in course.released.cells if cell.is_code)
    pairs = similar_pairs(code, skeleton, least)
    path = root / FOLDER / f"{assignment}.html"
    path.parent.mkdir(exist_ok=True)
    write_whole(path, pairs_page(assignment, pairs, len(code), least).encode("utf-8", "replace"))
    for pair in pairs[:SHOWN]:
        one, two = (one_line(name, 60) for name in pair.names)
        console.print(Text(f"{pair.share:4.0%}  {one} and {two}"), soft_wrap=True)
    if len(pairs) > SHOWN:
        console.print(f"and {len(pairs) - SHOWN} more")
    console.print(
        Text(
            f"{len(code)} hand-ins compared, {len(pairs)} pairs to look at: "
            f"{path.relative_to(root)}. A likeness is no proof of anything."
        ),
        soft_wrap=True,
    )
    return 0
