"""A submission: the instructor's notebook with what the student wrote slotted in.

    skeleton = Skeleton.load(root, "00_worksheet")
    submission = collect(root, skeleton, "ada")        # submitted/ada/00_worksheet/
    for cell in submission.cells: ...                  # in the order in which they run
    submission.notices                                 # sentences for the student

Nothing a student does raises here. A notebook that cannot be read becomes a submission without
answers and with a notice. The file is read once, and those bytes are what is graded.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import replace
from pathlib import Path

from course_lib.calls.text import one_line
from course_lib.grading.cells import Cell, Submission
from course_lib.grading.restore import nothing_handed_in, restore
from course_lib.grading.skeleton import Skeleton

__all__ = ["Cell", "Submission", "collect", "read_submission"]

FILE_LIMIT = 100 * 1024**2  # bytes: a notebook with 50 MB of output is still read


def collect(root: Path | str, skeleton: Skeleton, student: str) -> Submission:
    """Read what `student` handed in under `root/submitted/`; never raises for what is there.

    A notebook under another name counts where it is the only one.
    """
    folder = Path(root) / "submitted" / student / skeleton.assignment
    wanted = f"{skeleton.notebook}.ipynb"
    if folder.is_symlink() or folder.parent.is_symlink():  # to somebody else's, perhaps
        return nothing_handed_in(
            skeleton,
            student,
            "What you handed in is a link. Hand in the notebook itself.",
            f"submitted/{student}/{skeleton.assignment} is a link, which was not followed",
        )
    try:
        names = sorted(f.name for f in folder.iterdir() if f.suffix.lower() == ".ipynb")
    except OSError:
        names = []
    if wanted in names:
        return read_submission(folder / wanted, skeleton, student)
    if len(names) == 1:
        from_other = read_submission(folder / names[0], skeleton, student)
        return _noted(
            from_other,
            f"Your notebook is called {one_line(names[0], 80)}; it was graded as {wanted}. "
            "Please keep the name it came with.",
            f"{one_line(names[0], 80)} was graded as {wanted}",
        )
    has = f"{len(names)} notebooks, none of them called {wanted}" if names else "no notebook"
    return nothing_handed_in(
        skeleton,
        student,
        f"There is {has} in what you handed in. Hand in {wanted} to be graded.",
        f"{has} in submitted/{student}/{skeleton.assignment}/",
    )


def read_submission(source: Path | bytes, skeleton: Skeleton, student: str) -> Submission:
    """A submission from a notebook's path or its bytes; never raises for what a student did."""
    if isinstance(source, bytes):
        data = source
    else:
        try:
            data = read_once(source)
        except OSError as error:
            return nothing_handed_in(
                skeleton,
                student,
                f"Your notebook could not be opened ({error.strerror}). Hand it in again as an "
                "ordinary file.",
                f"{one_line(source.name, 80)} cannot be opened: {error.strerror}",
            )
    if len(data) > FILE_LIMIT:
        return nothing_handed_in(
            skeleton,
            student,
            f"Your notebook is larger than {FILE_LIMIT // 1024**2} MB. Clear its outputs "
            "(Edit, Clear Outputs of All Cells), save it, and hand it in again.",
            f"notebook larger than {FILE_LIMIT // 1024**2} MB, not read",
        )
    return restore(data, skeleton, student)


def read_once(path: Path) -> bytes:
    """A regular file's bytes, at most one more than the limit. Links and pipes are refused.

    Raises OSError.
    """
    if path.is_symlink():  # O_NOFOLLOW would speak of "too many levels"
        raise OSError(errno.ELOOP, "it is a link")
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "it is no ordinary file")
        return file.read(FILE_LIMIT + 1)


def _noted(submission: Submission, notice: str, remark: str) -> Submission:
    return replace(
        submission,
        notices=(notice, *submission.notices),
        remarks=(remark, *submission.remarks),
    )
