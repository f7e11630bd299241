"""Whether a feedback page still tells what it would tell now.

    page_key(autograded, found)      # of what a page would be made from
    key_of_page(page)                # what that page was made from

A page has the key in its head. It changes with the notebook in `autograded/`, with every grade and
comment in the gradebook, with the late penalty, and with the page's own template.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

from course_lib.digest import of_files, short
from course_lib.grading.nbgrader.held import Held

TEMPLATES = Path(__file__).parent / "templates"
HEAD = 2_000  # bytes of a page that are looked at: the key is in its first lines
_KEY = re.compile(rb'<meta name="course-page" content="([0-9a-f]+)">')


def page_key(autograded: Path, found: Held | None) -> str | None:
    """The key of a page on the notebook at `autograded`; None where there is nothing to tell."""
    if found is None:
        return None
    try:
        notebook = of_files({"": autograded.read_bytes()})
    except OSError:
        return None
    return short((notebook, found.digest, _template()))


def key_of_page(page: Path) -> str | None:
    """The key that the page at `page` has; None without a page, or where it has none."""
    try:
        with page.open("rb") as file:
            key = _KEY.search(file.read(HEAD))
    except OSError:
        return None
    return key[1].decode() if key else None


@functools.lru_cache(1)
def _template() -> str:
    files = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
    return of_files({path.relative_to(TEMPLATES).as_posix(): path.read_bytes() for path in files})
