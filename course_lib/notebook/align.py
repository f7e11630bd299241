"""Put what was handed in back into the instructor's order: cells matched, restored, explained.

    submission = restore(data, released, "ada")

Rules. `matching` finds which released cell each one is, and `written` where answers in words stand.
Test cells are always the instructor's. Given cells run as the student left them, and
are put back where they were deleted. A solution that is there more than once (copied, or split)
runs as in a notebook: all of its copies in their order at the exercise's place, so the last
definition counts; copies that are empty or untouched are left out, since they would only undo the
others. All other cells are the student's own: each runs after the cell that it followed.

Outputs and attachments are as they were handed in: `grading.submission.collect` makes them
harmless before anybody is shown them.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from course_lib.notebook.cell import Cell
from course_lib.notebook.matching import Matching, match_cells
from course_lib.notebook.notes import notes_on
from course_lib.notebook.raw_notebook import Notebook, RawCell, Unreadable, parse
from course_lib.notebook.recognise import statements
from course_lib.notebook.released_notebook import ReleasedCell, ReleasedNotebook
from course_lib.notebook.submission import Submission, SubmittedCell
from course_lib.notebook.written import Answers, find_answers, is_answer


def restore(data: bytes, released: ReleasedNotebook, student: str) -> Submission:
    """The submission in a notebook's bytes; one without answers where they are not a notebook."""
    try:
        notebook = parse(data)
    except Unreadable as error:
        return nothing_handed_in(released, student, str(error), error.remark)
    return in_order(notebook, released, student)


def in_order(notebook: Notebook, released: ReleasedNotebook, student: str) -> Submission:
    """The submission in the cells of a notebook."""
    matching = match_cells(notebook.cells, released)
    answers = find_answers(matching)
    notes = notes_on(notebook, matching, answers)
    return Submission(
        student=student,
        assignment=released.assignment,
        notebook=released.notebook,
        cells=tuple(_in_order(matching, answers)),
        notices=tuple(notes.notices),
        remarks=tuple(notes.remarks),
    )


def nothing_handed_in(
    released: ReleasedNotebook, student: str, notice: str, remark: str
) -> Submission:
    """The instructor's cells, with nothing in those that a student fills in."""
    return Submission(
        student=student,
        assignment=released.assignment,
        notebook=released.notebook,
        cells=tuple(_missing(cell) for cell in released.cells),
        notices=(notice,),
        remarks=(remark,),
        readable=False,
    )


def _in_order(matching: Matching, answers: Answers) -> list[SubmittedCell]:
    found, extra = matching.found(), matching.extra()
    cells: list[SubmittedCell] = []

    def add_extra(handed_in: RawCell) -> None:
        # Code is numbered apart: a verdict names cells, and text that is added changes no verdict.
        alike = [c for c in cells if c.role == "extra" and c.is_code == handed_in.is_code]
        cells.append(
            SubmittedCell(
                id=f"{'extra' if handed_in.is_code else 'text'}-{len(alike) + 1}",
                source=handed_in.source,
                kind=handed_in.kind,
                role="extra",
                attachments=handed_in.attachments,
            )
        )

    for handed_in in extra[""]:
        add_extra(handed_in)
    for cell in matching.released.cells:
        *earlier, counts = _that_count(found[cell.id], cell) or [None]
        for copy in filter(None, earlier):
            add_extra(copy)
        slotted = _missing(cell) if counts is None else _slotted(cell, counts)
        if cell.id in answers.perhaps:
            slotted = _to_be_looked_at(slotted, answers.perhaps[cell.id])
        cells.append(slotted)
        for handed_in in extra[cell.id]:
            add_extra(handed_in)
    return [replace(cell, number=number) for number, cell in enumerate(cells, 1)]


def _that_count(copies: list[RawCell], cell: ReleasedCell) -> list[RawCell | None]:
    """The copies that run and are shown, the one that stands for the cell last."""
    if cell.role in ("test", "given"):
        return list(copies[:1])
    mine = [copy for copy in copies if worked_on(copy, cell)]
    return list(mine or copies[:1])


def worked_on(copy: Cell, cell: ReleasedCell) -> bool:
    """Whether there is more in a cell than nothing, or than what was released; comments aside
    where a function is asked for."""
    if cell.role == "manual":
        return is_answer(copy, cell)
    return bool(copy.source.strip()) and statements(copy.source) != statements(cell.source)


def _slotted(cell: ReleasedCell, handed_in: RawCell) -> SubmittedCell:
    markdown = cell.kind == "markdown"
    source = cell.source if cell.role == "test" else handed_in.source
    if markdown and handed_in.is_code:  # in Markdown, # would make a comment a heading
        source = "\n".join(line.removeprefix("#").strip() for line in source.splitlines())
    return _submitted(
        cell,
        source=source,
        changed=source != cell.source,
        released=cell.source if cell.role == "given" and source != cell.source else "",
        outputs=tuple(handed_in.outputs) if cell.demonstration else (),
        attachments=handed_in.attachments if markdown else {},
    )


def _to_be_looked_at(cell: SubmittedCell, place: str) -> SubmittedCell:
    """A question without an answer, changed: else nbgrader gives zero points and asks nobody."""
    mark = "# " if cell.is_code else ""
    words = f"{mark}Nothing is written in this cell. The answer may be {place}."
    return replace(cell, source=f"{cell.source}\n\n{words}", changed=True)


def _missing(cell: ReleasedCell) -> SubmittedCell:
    """A cell that was not handed in: as released, but without the stub, which would undo a
    definition that stands elsewhere."""
    source = "" if cell.role == "solution" else cell.source
    return _submitted(cell, source=source, missing=True)


def _submitted(cell: ReleasedCell, **handed_in: Any) -> SubmittedCell:
    """A released cell with what was `handed_in` for it."""
    shared = {field.name: getattr(cell, field.name) for field in fields(Cell)}
    return SubmittedCell(**shared | handed_in)
