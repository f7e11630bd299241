"""A submission: the instructor's notebook with what the student wrote slotted in.

    released = ReleasedNotebook.load(root, "05_hamiltonian")
    submission = collect(root, released, "ada")        # submitted/ada/05_hamiltonian/
    for cell in submission.cells: ...                  # in the order in which they run
    submission.notices                                 # sentences for the student

Nothing a student does raises here. A notebook that cannot be read becomes a submission without
answers and with a notice. The file is read once, and those bytes are what is graded.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from course_lib.grading.submission.allowance import OutputAllowance
from course_lib.grading.submission.candidates import Candidate, notebooks_in, ranked
from course_lib.grading.submission.hand_in_folders import on_disk
from course_lib.grading.submission.outputs import clean_outputs
from course_lib.grading.submission.pictures import clean_attachments
from course_lib.grading.submission.student_ids import shown_name
from course_lib.grading.submission.unused_files import unused_files
from course_lib.notebook.align import nothing_handed_in, restore
from course_lib.notebook.beside import modules_beside
from course_lib.notebook.released_notebook import ReleasedNotebook
from course_lib.notebook.submission import Submission
from course_lib.text import one_line

__all__ = ["Submission", "collect", "collect_all", "read_submission"]

NAMED = 10  # files that are named before the rest is counted
NAME = 80  # characters of a file's name
FILE_LIMIT = 100 * 1024**2  # bytes: a notebook with 50 MB of output is still read


def collect_all(root: Path, notebooks: Sequence[ReleasedNotebook], student: str) -> Submission:
    """As `collect`, for an assignment with one notebook or several, each found by its name."""
    names = {f"{each.notebook}.ipynb" for each in notebooks}
    first, *more = (collect(root, each, student, names) for each in notebooks)
    return replace(first, more=tuple(more))


def collect(
    root: Path | str, released: ReleasedNotebook, student: str, known: Collection[str] = ()
) -> Submission:
    """Read what `student` handed in under `root/submitted/`; never raises for what is there.

    student: the id. Of several notebooks the one that was worked on counts, under any name but
    those `known`, which the assignment's other notebooks have.
    """
    root = Path(root)
    folder = on_disk(root / "submitted" / student / released.assignment)
    given = root / "release" / released.assignment
    others = set(known) - {f"{released.notebook}.ipynb"}
    submission = _read(folder, released, student, given, others)
    return replace(submission, name=shown_name(folder.parent.name))


def _read(
    folder: Path, released: ReleasedNotebook, student: str, given: Path, known: Collection[str]
) -> Submission:
    """The hand-in in `folder`; `given` is the folder that was released."""
    wanted = f"{released.notebook}.ipynb"
    where = f"submitted/{shown_name(folder.parent.name)}/{released.assignment}"
    if folder.is_symlink() or folder.parent.is_symlink():  # to somebody else's, perhaps
        return nothing_handed_in(
            released,
            student,
            "What you handed in is a link. Hand in the notebook itself.",
            f"{where} is a link, which was not followed",
        )
    names = [n for n in notebooks_in(folder, wanted) if Path(n).name not in known]
    modules = modules_beside(folder) | modules_beside(given)
    used = {*names, *modules, *known}
    beside = [name for name in unused_files(folder, given) if name not in used]
    if not names:
        instead = f" (there is {_named(beside)})" if beside else ""
        return nothing_handed_in(
            released,
            student,
            f"There is no notebook in what you handed in{instead}. Hand in {wanted} to be graded.",
            f"no notebook in {where}/{instead}",
        )
    read = (Candidate(name, read_submission(folder / name, released, student)) for name in names)
    graded, *others = ranked(read, wanted)
    return replace(_with_remarks(graded, others, beside, wanted), modules=modules)


def _with_remarks(
    graded: Candidate, others: list[Candidate], beside: list[str], wanted: str
) -> Submission:
    """The submission, with a word on its name and on what was not used."""
    notices, remarks = [], []
    name, copies = one_line(graded.name, NAME), [each for each in others if not each.automatic]
    if graded.name != wanted and others:
        counts = ", ".join(_counted(each) for each in others)
        notices.append(
            f"Of the notebooks that you handed in, {name} was graded, since it has most of your "
            f"answers ({_counted(graded)}; {counts}). Please hand in one, called {wanted}."
        )
        remarks.append(f"{_counted(graded)} was graded as {wanted}, not {counts}")
    elif graded.name != wanted:
        notices.append(
            f"Your notebook is called {name}; it was graded as {wanted}. "
            "Please keep the name it came with."
        )
        remarks.append(f"{name} was graded as {wanted}")
    elif copies:
        counts = ", ".join(_counted(each) for each in copies)
        notices.append(f"{_counted(graded)} was graded, and nothing else: {counts}.")
        remarks.append(f"{_counted(graded)} was graded, not {counts}")
    if beside:
        notices.append(f"These files that you handed in were not used: {_named(beside)}.")
        remarks.append(f"files that were not used: {_named(beside)}")
    submission = graded.submission
    return replace(
        submission,
        notices=(*notices, *submission.notices),
        remarks=(*remarks, *submission.remarks),
    )


def _counted(candidate: Candidate) -> str:
    count = candidate.answers
    return f"{one_line(candidate.name, NAME)} ({count} answer{'s' * (count != 1)})"


def _named(names: list[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(one_line(shown_name(name), NAME) for name in names[:NAMED]) + more


def read_submission(source: Path | bytes, released: ReleasedNotebook, student: str) -> Submission:
    """A submission from a notebook's path or its bytes; never raises for what a student did."""
    if isinstance(source, bytes):
        data = source
    else:
        try:
            data = read_once(source)
        except OSError as error:
            return nothing_handed_in(
                released,
                student,
                f"Your notebook could not be opened ({error.strerror}). Hand it in again as an "
                "ordinary file.",
                f"{one_line(source.name, 80)} cannot be opened: {error.strerror}",
            )
    if len(data) > FILE_LIMIT:
        return nothing_handed_in(
            released,
            student,
            f"Your notebook is larger than {FILE_LIMIT // 1024**2} MB. Clear its outputs "
            "(Edit, Clear Outputs of All Cells), save it, and hand it in again.",
            f"notebook larger than {FILE_LIMIT // 1024**2} MB, not read",
        )
    return _harmless(restore(data, released, student))


def _harmless(submission: Submission) -> Submission:
    """The submission with outputs and attachments that can be shown, within one allowance."""
    allowance = OutputAllowance()
    cells = [
        replace(
            cell,
            outputs=tuple(clean_outputs(list(cell.outputs), allowance)),
            attachments=clean_attachments(cell.attachments, allowance),
        )
        if cell.outputs or cell.attachments
        else cell
        for cell in submission.cells
    ]
    return replace(submission, cells=tuple(cells))


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
