"""Feedback pages under the names by which Moodle and Canvas take them back.

    made = feedback_zip(root, "01_pendulum", "pendulum", "moodle", students, path)
    made.without                          # who has no page, or did not come from that platform

Moodle ("Upload multiple feedback files in a zip") knows a student by the folder that it gave,
`Ada Lovelace_12345_assignsubmission_file_/pendulum.html`. Canvas ("Upload Submissions") knows a
student by the numbers before a file's name, `lovelaceada_123_456_pendulum.html`; Canvas shows the
file as a comment, under the name of the file that was handed in.
Sources: mod/assign/feedback/file/importziplib.php; `infer_comment_context_from_filename` in Canvas.
"""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from course_lib.errors import CourseError
from course_lib.grading.nbgrader.writer import Writer
from course_lib.platforms.collected import Collected

TAKES_BACK = ("moodle", "canvas")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # zip's: the same pages give the same bytes


@dataclass
class Feedback:
    """pages: how many went in. without: who has none, and why."""

    pages: int = 0
    without: dict[str, str] = field(default_factory=dict)


def name_on(platform: str, hand_in: Collected, page: str) -> str:
    """What a page has to be called in the zip for `platform`."""
    if platform == "moodle":
        return f"{hand_in.label}_/{page}"
    sent = PurePosixPath(hand_in.path).name
    numbers = re.match(r".*?_\d+_\d+_", sent)
    return f"{numbers[0] if numbers else ''}{page}"


def feedback_zip(
    root: Path,
    assignment: str,
    notebook: str,
    platform: str,
    students: Iterable[str],
    collected: Mapping[str, Collected],
    path: Path,
) -> Feedback:
    """Write the zip, whole or not at all; without a page there is none. Raises CourseError."""
    made = Feedback()
    writer = Writer(root)
    pages: dict[str, Path] = {}
    for student in students:
        page = root / "feedback" / student / assignment / f"{notebook}.html"
        hand_in = collected.get(student)
        if hand_in is None or hand_in.platform != platform:
            made.without[student] = f"was not collected from {platform}"
        elif not page.is_file():
            made.without[student] = f"no page. Next: course grade {assignment}"
        elif not writer.has_page(assignment, student):
            made.without[student] = f"the page is out of date. Next: course grade {assignment}"
        else:
            pages[name_on(platform, hand_in, page.name)] = page
    made.pages = len(pages)
    if pages:
        _write(pages, path)
    return made


def _write(pages: Mapping[str, Path], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w") as archive:
            for inside, page in sorted(pages.items()):
                entry = zipfile.ZipInfo(inside, date_time=_FIRST_DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, page.read_bytes())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise CourseError(f"{path.name} is not written: {error.strerror}") from None
    finally:
        Path(name).unlink(missing_ok=True)
