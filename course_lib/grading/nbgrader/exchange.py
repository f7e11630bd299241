"""What nbgrader's exchange leaves beside a hand-in, and what it needs to give feedback back.

    carry(Path("submitted/ada/05_hamiltonian"), Path("autograded/ada/05_hamiltonian"))

`nbgrader submit` writes two files: when it was handed in, and a secret that only the student's own
copy has too. `release_feedback` names a page by that secret, and `fetch_feedback` finds it by it.
No other file of a student's is carried from `submitted/` to `autograded/` and `feedback/`.

In nbgrader_config.py:

    c.ExchangeFactory.release_feedback = "course_lib.grading.nbgrader.exchange.ReleaseFeedback"
"""

from __future__ import annotations

import glob
import re
import stat
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import parse_utc

from course_lib.grading.submission.hand_in_folders import on_disk

STAMP = "timestamp.txt"  # when it was handed in
SECRET = "submission_secret.txt"
SIZE_LIMIT = 200  # bytes of either: a time has 30, a secret 128
_SECRET = re.compile(r"[!-~]+")  # nbgrader's own are hexadecimal


def carry(submitted: Path, autograded: Path) -> None:
    """Copy time and secret of a hand-in, as far as they can be what they should be."""
    for name, text in carried(submitted).items():
        if text is not None:
            autograded.mkdir(parents=True, exist_ok=True)
            (autograded / name).write_text(text, "utf-8")


def carried(submitted: Path) -> dict[str, str | None]:
    """What `carry` copies of a hand-in: each file's text, None for one that is not copied."""
    return {STAMP: time_stamp(submitted), SECRET: secret(submitted)}


def time_stamp(folder: Path) -> str | None:
    """The text of a hand-in's time stamp; None unless a short, ordinary file says a time."""
    text = (_short_text(folder, STAMP) or "").strip()
    try:
        parse_utc(text)
    except (ValueError, OverflowError):
        return None
    return text


def secret(folder: Path) -> str | None:
    """The text of a hand-in's secret; None unless a short, ordinary file has one word."""
    text = _short_text(folder, SECRET)
    return text if text is not None and _SECRET.fullmatch(text) else None


def _short_text(folder: Path, name: str) -> str | None:
    path = on_disk(folder) / name
    try:
        state = path.lstat()
        if not stat.S_ISREG(state.st_mode) or state.st_size > SIZE_LIMIT:
            return None
        return path.read_text("utf-8-sig")  # some editors put a mark before the text
    except (OSError, ValueError):
        return None


class ReleaseFeedback(ExchangeReleaseFeedback):
    """`nbgrader release_feedback`, which goes on where a page has no way back to its student.

    nbgrader's own stops at the first one, and releases nothing to anyone after it. A hand-in that
    came by mail has neither time nor secret.
    """

    def copy_files(self) -> None:
        """Release every page that the exchange can deliver, and name the others."""
        excluded: str = self.coursedir.student_id_exclude
        cannot = []
        for student, folder in self._folders():
            if time_stamp(folder) is None or secret(folder) is None:
                cannot.append(student)
                self.log.warning(
                    "The feedback of %s was not released: %s did not come through the exchange. "
                    "Give them %s another way.",
                    student,
                    self.coursedir.assignment_id,
                    folder,
                )
        self.coursedir.student_id_exclude = ",".join(filter(None, [excluded, *cannot]))
        try:
            super().copy_files()
        finally:
            self.coursedir.student_id_exclude = excluded

    def _folders(self) -> list[tuple[str, Path]]:
        """Every student with a page to release, and the folder that it is in."""
        assignment = self.coursedir.assignment_id
        at = self.coursedir.format_path(
            self.coursedir.feedback_directory, "(?P<student>.*)", assignment, escape=True
        )
        pages = glob.glob(f"{self.src_path}/*.html")  # noqa: PTH207  # as nbgrader looks for them
        folders = {Path(page).parent for page in pages}
        found = [(re.fullmatch(at, str(folder)), folder) for folder in sorted(folders)]
        return [(match["student"], folder) for match, folder in found if match]
