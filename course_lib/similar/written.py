"""What each student wrote: the code of answers and of cells of their own, without what was given.

written(course.submission("ada"))       # "def mean(values):\\n    …"
"""

from __future__ import annotations

from course_lib.limits import SOURCE_LIMIT
from course_lib.notebook.submission import Submission

LIMIT = 4 * SOURCE_LIMIT  # characters of one hand-in that are compared: far more than anybody types


def written(submission: Submission) -> str:
    """The code of cells that a student changed or added, and of modules handed in beside them."""
    cells = [
        cell.source
        for cell in submission.cells
        if cell.is_code and (cell.changed or cell.role == "extra") and not cell.missing
    ]
    modules = [text for _, text in sorted(submission.modules.items())]
    return "\n\n".join(text.strip("\n") for text in [*cells, *modules])[:LIMIT]
