"""What is said of a hand-in whose cells were not as released: to the student, to the instructor.

notes = notes_on(notebook, matching, answers)
notes.notices, notes.remarks       # sentences for the student, lines for the instructor
"""

from __future__ import annotations

from collections.abc import Sequence

from course_lib.notebook.earlier import from_earlier
from course_lib.notebook.matching import Matching
from course_lib.notebook.raw_notebook import Notebook, RawCell
from course_lib.notebook.recognise import exercises_of
from course_lib.notebook.released_notebook import ReleasedCell
from course_lib.notebook.written import Answers
from course_lib.text import one_line

NAMED = 5  # names in one remark; of the others there is a number


class Notes:
    """Sentences, each of them once, in order."""

    def __init__(self) -> None:
        self.notices: list[str] = []
        self.remarks: list[str] = []

    def remark(self, sentence: str) -> None:
        """Add a line for the instructor."""
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    def both(self, sentence: str) -> None:
        """Add a sentence for student and instructor."""
        if sentence not in self.notices:
            self.notices.append(sentence)
        self.remark(sentence)


def notes_on(notebook: Notebook, matching: Matching, answers: Answers) -> Notes:
    """All that is said of one notebook."""
    notes, found = Notes(), matching.found()
    _note_strangers(notebook, matching, notes)
    earlier = from_earlier(matching)
    if earlier:
        notes.both(
            "This notebook was made from an earlier release of "
            f"{matching.released.assignment}. What you wrote in it was graded by today's checks."
        )
    for cell in matching.released.cells:
        copies = found.get(cell.id, [])
        if cell.role == "given":
            if not copies and cell.is_code and not earlier:
                first = one_line(cell.source, 40)
                notes.both(f"A given cell was not in the notebook and was put back: {first!r}.")
        elif cell.id in answers.elsewhere:
            notes.both(
                f"The answer to {_name(cell)!r} was found in another cell than its own, and a "
                "person will read it. Next time, write it in the cell that the question came with."
            )
        elif cell.id in answers.perhaps:
            notes.both(
                f"Nothing is written in the cell {_name(cell)!r}. The answer may be "
                f"{answers.perhaps[cell.id]}: a person will look."
            )
        else:
            _note_graded(cell, copies, cell.id in matching.kept, earlier, notes)
    _note_lost_names(found, matching, answers, notes)
    if (order := matching.order()) != sorted(order):
        notes.both("The notebook's cells were in another order; they were run in the original one.")
    for sentence in notebook.left_out:
        notes.both(sentence)
    return notes


def _note_strangers(notebook: Notebook, matching: Matching, notes: Notes) -> None:
    released = matching.released
    kernel = dict(released.metadata.get("kernelspec", {})).get("name", "python3")
    if notebook.kernel not in (None, kernel):
        name = one_line(notebook.kernel, 60)
        notes.both(f"The notebook's kernel is called {name!r}; it was run with {kernel!r}.")
    names = [cell.grade_id for cell in notebook.cells if cell.grade_id]
    strangers = [name for name in names if name not in released.by_grade_id]
    theirs = {owner.grade_id for owner in matching.owners if owner and owner.role == "solution"}
    theirs |= exercises_of(notebook.cells, released.exercises)
    if strangers and not theirs:
        notes.both(
            "This looks like the notebook of another assignment (it has a cell "
            f"{one_line(strangers[0], 60)!r}, and none of the exercises of {released.assignment})."
        )
    elif strangers:
        notes.remark(f"cells with an unknown grade_id: {_listed(strangers)}")


def _note_graded(
    cell: ReleasedCell, copies: Sequence[RawCell], kept: bool, earlier: bool, notes: Notes
) -> None:
    name = _name(cell)
    if earlier and not cell.is_answer:
        return  # it is not the student who changed it
    if not copies:
        if cell.role == "solution":
            notes.both(
                f"The cell {name!r} was not in the notebook. If another cell defines {name}, "
                "that definition was graded."
            )
        else:
            notes.both(f"The cell {name!r} was not in the notebook and was put back.")
        return
    if len(copies) > 1:
        if cell.role == "test":
            notes.both(f"The test cell {name!r} was there {len(copies)} times; it counts once.")
        else:
            notes.both(
                f"The cell {name!r} was there {len(copies)} times (copied or split). All copies "
                "that were worked on were run in their order, so the last definition counts."
            )
    if cell.role == "test" and any(copy.source != cell.source for copy in copies):
        what = (
            "what was added to it counts as a cell in front of it"
            if kept
            else "what was written there was not run"
        )
        notes.both(f"The test cell {name!r} was changed; the original one counts, and {what}.")
    for copy in copies:
        if copy.kind != cell.kind:
            notes.both(f"The cell {name!r} had become {copy.kind}; it was read as {cell.kind}.")
        if copy.grade_id == cell.grade_id and set(copy.claimed_tags) != set(cell.tags):
            shown = ", ".join(one_line(tag, 40) for tag in copy.claimed_tags[:5]) or "none"
            notes.both(f"The tags of cell {name!r} were changed ({shown}); they have no effect.")
        claimed = copy.claimed_points
        if claimed is not None and cell.role != "solution" and claimed != cell.points:
            notes.remark(f"cell {name!r} claims {one_line(claimed, 20)} points")


def _note_lost_names(
    found: dict[str, list[RawCell]], matching: Matching, answers: Answers, notes: Notes
) -> None:
    lost = [
        _name(cell)
        for cell in matching.released.cells
        if cell.grade_id and cell.id not in answers.elsewhere
        if any(copy.grade_id != cell.grade_id for copy in found.get(cell.id, ()))
    ]
    if lost:
        notes.remark(f"cells that had lost their grade_id, found without it: {_listed(lost)}")


def _listed(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(repr(one_line(name, 40)) for name in names[:NAMED]) + more


def _name(cell: ReleasedCell) -> str:
    return cell.grade_id or cell.id
