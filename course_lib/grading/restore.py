"""Put what was handed in back into the instructor's order: cells matched, restored, explained.

    submission = restore(data, skeleton, "ada")

Rules. A cell is found by its `grade_id`, then by its cell id, then by its released source. Test
cells are the instructor's, whatever was handed in. Given cells run as the student left them, and
are put back where they were deleted. A solution that is there more than once (copied, or split)
runs as in a notebook: all of its copies in their order at the exercise's place, so the last
definition counts; copies that are empty or untouched are left out, since they would only undo the
others. All other cells are the student's own: each runs after the cell that it followed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from course_lib.calls.text import one_line
from course_lib.grading.cells import Cell, Submission
from course_lib.grading.handed_in import HandedIn, Notebook, Unreadable, parse
from course_lib.grading.outputs import Budget, clean_attachments, clean_outputs
from course_lib.grading.skeleton import Skeleton, SkeletonCell


def restore(data: bytes, skeleton: Skeleton, student: str) -> Submission:
    """The submission in a notebook's bytes; one without answers where they are no notebook."""
    try:
        notebook = parse(data)
    except Unreadable as error:
        return nothing_handed_in(skeleton, student, str(error), error.remark)
    match = _match(notebook.cells, skeleton)
    notes = _Notes([], [])
    _note_strangers(notebook, match, skeleton, notes)
    _note_changes(match, skeleton, notes)
    notes.both(*notebook.left_out)
    return Submission(
        student=student,
        assignment=skeleton.assignment,
        notebook=skeleton.notebook,
        cells=tuple(_in_order(match, skeleton)),
        notices=tuple(dict.fromkeys(notes.notices)),
        remarks=tuple(dict.fromkeys(notes.remarks)),
    )


def nothing_handed_in(skeleton: Skeleton, student: str, notice: str, remark: str) -> Submission:
    """The instructor's cells, with nothing in those that a student fills in."""
    return Submission(
        student=student,
        assignment=skeleton.assignment,
        notebook=skeleton.notebook,
        cells=tuple(_missing(cell) for cell in skeleton.cells),
        notices=(notice,),
        remarks=(remark,),
        readable=False,
    )


@dataclass(frozen=True)
class _Match:
    """Which handed-in cells belong to which skeleton cell, and where the others follow."""

    found: dict[str, list[HandedIn]]  # by skeleton id, in the order handed in
    extra: dict[str, list[HandedIn]]  # by the id of the skeleton cell they follow; "" at the top
    order: list[str]  # skeleton ids in the order handed in, each where it counts


@dataclass(frozen=True)
class _Notes:
    notices: list[str]
    remarks: list[str]

    def both(self, *sentences: str) -> None:
        self.notices.extend(sentences)
        self.remarks.extend(sentences)


def _match(cells: list[HandedIn], skeleton: Skeleton) -> _Match:
    by_source = {cell.source: cell for cell in skeleton.cells if cell.source.strip()}
    owners = [_owner_by_name(cell, skeleton) for cell in cells]
    taken = {owner.id for owner in owners if owner}
    found: dict[str, list[HandedIn]] = defaultdict(list)
    extra: dict[str, list[HandedIn]] = defaultdict(list)
    order: list[str] = []
    last, place = "", {"": -1} | {cell.id: number for number, cell in enumerate(skeleton.cells)}
    for cell, owner in zip(cells, owners, strict=True):
        if owner is None and cell.source in by_source and by_source[cell.source].id not in taken:
            owner = by_source[cell.source]
            taken.add(owner.id)
        if owner is not None and (owner.role != "given" or owner.id not in found):
            if owner.id not in found or place[owner.id] > place[last]:
                last = owner.id  # what follows a copy further down still follows what it followed
            found[owner.id].append(cell)
            if owner.id in order:
                order.remove(owner.id)
            order.append(owner.id)
        else:
            extra[last].append(cell)
    return _Match(found, extra, order)


def _owner_by_name(cell: HandedIn, skeleton: Skeleton) -> SkeletonCell | None:
    if cell.grade_id in skeleton.by_grade_id:
        return skeleton.by_grade_id[cell.grade_id]
    return skeleton.by_id.get(cell.id or "")


def _in_order(match: _Match, skeleton: Skeleton) -> list[Cell]:
    cells: list[Cell] = []
    budget = Budget()  # one for the whole notebook

    def add_extra(handed_in: HandedIn) -> None:
        number = sum(cell.role == "extra" for cell in cells) + 1
        attached = clean_attachments(handed_in.attachments, budget)
        cells.append(
            Cell(f"extra-{number}", "extra", handed_in.kind, handed_in.source, attachments=attached)
        )

    for handed_in in match.extra[""]:
        add_extra(handed_in)
    for cell in skeleton.cells:
        *earlier, counts = _that_count(match.found.get(cell.id, []), cell) or [None]
        for copy in filter(None, earlier):
            add_extra(copy)
        cells.append(_missing(cell) if counts is None else _slotted(cell, counts, budget))
        for handed_in in match.extra[cell.id]:
            add_extra(handed_in)
    return cells


def _that_count(copies: list[HandedIn], cell: SkeletonCell) -> list[HandedIn | None]:
    """The copies that run and are shown, the one that stands for the cell last."""
    if cell.role in ("test", "given"):
        return list(copies[:1])
    worked_on = [copy for copy in copies if _worked_on(copy.source, cell.source)]
    return list(worked_on or copies[:1])


def _worked_on(source: str, released: str) -> bool:
    """Whether there is more in a cell than nothing, or than what was released; comments and
    white space aside in code."""
    return bool(source.strip()) and _statements(source) != _statements(released)


def _statements(source: str) -> list[str]:
    lines = [line.strip() for line in source.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def _slotted(cell: SkeletonCell, handed_in: HandedIn, budget: Budget) -> Cell:
    source = cell.source if cell.role == "test" else handed_in.source
    markdown = cell.kind == "markdown"
    attached = clean_attachments(handed_in.attachments, budget) if markdown else {}
    return Cell(
        id=cell.id,
        role=cell.role,
        kind=cell.kind,
        source=source,
        grade_id=cell.grade_id,
        points=cell.points,
        demonstration=cell.demonstration,
        changed=source != cell.source,
        outputs=tuple(clean_outputs(handed_in.outputs, budget)) if cell.demonstration else (),
        attachments=attached,
    )


def _missing(cell: SkeletonCell) -> Cell:
    """A cell that was not handed in: as released, but without the stub, which would undo a
    definition that stands elsewhere."""
    return Cell(
        id=cell.id,
        role=cell.role,
        kind=cell.kind,
        source="" if cell.role == "solution" else cell.source,
        grade_id=cell.grade_id,
        points=cell.points,
        demonstration=cell.demonstration,
        missing=True,
    )


def _note_strangers(notebook: Notebook, match: _Match, skeleton: Skeleton, notes: _Notes) -> None:
    kernel = dict(skeleton.metadata.get("kernelspec", {})).get("name", "python3")
    if notebook.kernel not in (None, kernel):
        name = one_line(notebook.kernel, 60)
        notes.both(f"The notebook's kernel is called {name!r}; it was run with {kernel!r}.")
    names = [cell.grade_id for cell in notebook.cells if cell.grade_id]
    strangers = [name for name in names if name not in skeleton.by_grade_id]
    exercises = [cell for cell in skeleton.cells if cell.role == "solution"]
    if strangers and not any(cell.id in match.found for cell in exercises):
        example = one_line(strangers[0], 60)
        notes.both(
            f"This looks like the notebook of another assignment (it has a cell {example!r}, and "
            f"none of the exercises of {skeleton.assignment})."
        )
    elif strangers:
        notes.remarks.append(
            "cells with an unknown grade_id: "
            + ", ".join(repr(one_line(name, 40)) for name in dict.fromkeys(strangers[:5]))
        )


def _note_changes(match: _Match, skeleton: Skeleton, notes: _Notes) -> None:
    for cell in skeleton.cells:
        if cell.role == "given":
            if cell.id not in match.found and cell.kind == "code":
                first = one_line(cell.source, 40)
                notes.both(f"A given cell was not in the notebook and was put back: {first!r}.")
            continue
        _note_graded(cell, match.found.get(cell.id, []), notes)
    place = {cell.id: number for number, cell in enumerate(skeleton.cells)}
    numbers = [place[name] for name in match.order]
    if numbers != sorted(numbers):
        notes.both("The notebook's cells were in another order; they were run in the original one.")


def _note_graded(cell: SkeletonCell, copies: list[HandedIn], notes: _Notes) -> None:
    name = cell.grade_id or cell.id
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
        notes.both(
            f"The test cell {name!r} was changed; the original one counts, and what was written "
            "there was not run."
        )
    for copy in copies:
        if copy.kind != cell.kind:
            notes.both(f"The cell {name!r} had become {copy.kind}; it was read as {cell.kind}.")
        tags = set(cell.metadata.get("tags", []))
        if copy.grade_id == cell.grade_id and set(copy.tags) != tags:
            shown = ", ".join(one_line(tag, 40) for tag in copy.tags[:5]) or "none"
            notes.both(f"The tags of cell {name!r} were changed ({shown}); they have no effect.")
        if copy.points is not None and cell.role != "solution" and copy.points != cell.points:
            notes.remarks.append(f"cell {name!r} claims {one_line(copy.points, 20)} points")
        if copy.grade_id != cell.grade_id:
            notes.remarks.append(f"cell {name!r} had lost its grade_id; found by its id or source")
