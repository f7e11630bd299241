"""Which released cell each handed-in cell is: by name, by text, by what it defines, by neighbours.

    matching = match_cells(notebook.cells, released)
    matching.found()["leapfrog"]       # the handed-in cells of one released cell, by its id
    matching.extra()["leapfrog"]       # the student's own cells after it

A cell is found by its `grade_id`, then by its cell id, then by its released source. A cell that
lost all of these stands between two that were found, and is compared with the released cells that
are missing there. What a student added to a test cell becomes a cell of its own in front of it.
Where answers in words stand, `written` finds out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from course_lib.notebook.raw_notebook import RawCell
from course_lib.notebook.recognise import defined, is_prose, statements
from course_lib.notebook.released_notebook import ReleasedCell, ReleasedNotebook

_DEFINITION = re.compile(r"^(?:async +def|def|class)\b", re.MULTILINE)
ALIKE = 0.5  # an edited copy of a given cell has more than this share of its lines


@dataclass(frozen=True)
class Gap:
    """Handed-in cells that are nobody's, between two that were found.

    cells: their places among the handed-in cells. around: the found cell before them, the released
    cells that are missing there, and the next found one.
    """

    cells: list[int]
    around: list[ReleasedCell]


@dataclass
class Matching:
    """The handed-in cells, in order, and the released cell that each of them is, None for extras.

    kept: ids of the test cells in which a student wrote more than the test.
    """

    released: ReleasedNotebook
    cells: list[RawCell]
    owners: list[ReleasedCell | None]
    kept: set[str] = field(default_factory=set)

    def found(self) -> dict[str, list[RawCell]]:
        """By released id, the cells that are it, in the order handed in."""
        found: dict[str, list[RawCell]] = defaultdict(list)
        for cell, owner in zip(self.cells, self.owners, strict=True):
            if owner is not None:
                found[owner.id].append(cell)
        return found

    def extra(self) -> dict[str, list[RawCell]]:
        """By the id of the released cell that they follow, the student's own; "" at the top."""
        extra: dict[str, list[RawCell]] = defaultdict(list)
        for cell, owner, last in zip(self.cells, self.owners, self._follows(), strict=True):
            if owner is None:
                extra[last].append(cell)
        return extra

    def order(self) -> list[int]:
        """The places of the found released cells, in the order handed in; a copy's last counts."""
        places = self._places()
        order = [places[owner.id] for owner in self.owners if owner]
        return list(dict.fromkeys(reversed(order)))[::-1]

    def gaps(self) -> Iterator[Gap]:
        """The gaps that hold cells, in order."""
        places, cells = self._places(), self.released.cells
        taken = sorted({places[owner.id] for owner in self.owners if owner})
        nobodys: dict[int, list[int]] = defaultdict(list)
        for number, last in enumerate(self._follows()):
            if self.owners[number] is None:
                nobodys[places[last]].append(number)
        for start, numbers in nobodys.items():
            end = next((place for place in taken if place > start), len(cells) - 1)
            yield Gap(numbers, list(cells[max(start, 0) : end + 1]))

    def _places(self) -> dict[str, int]:
        return {"": -1} | {cell.id: number for number, cell in enumerate(self.released.cells)}

    def _follows(self) -> Iterator[str]:
        """For each handed-in cell, the id of the released cell that it is or follows.

        What follows a copy further down still follows what the copy followed.
        """
        places, seen, last = self._places(), set[str](), ""
        for owner in self.owners:
            if owner and (owner.id not in seen or places[owner.id] > places[last]):
                last = owner.id
                seen.add(last)
            yield last


def match_cells(cells: list[RawCell], released: ReleasedNotebook) -> Matching:
    """Match the cells, all but answers in words that lost their names."""
    matching = Matching(released, list(cells), [_by_name(cell, released) for cell in cells])
    _match_by_source(matching)
    _match_by_text(matching)
    _one_of_each_given(matching)
    return _with_additions_apart(matching)


def _by_name(cell: RawCell, released: ReleasedNotebook) -> ReleasedCell | None:
    if cell.grade_id in released.by_grade_id:
        return released.by_grade_id[cell.grade_id]
    return released.by_id.get(cell.id)


def _match_by_source(matching: Matching) -> None:
    """By texts that only one released cell has: not by `YOUR ANSWER HERE`."""
    texts = Counter(cell.source.strip() for cell in matching.released.cells)
    missing = [cell for cell in matching.released.cells if cell not in matching.owners]
    wanted = {c.source.strip(): c for c in missing if texts[c.source.strip()] == 1}
    wanted.pop("", None)
    for number, cell in enumerate(matching.cells):
        if matching.owners[number] is None:
            matching.owners[number] = wanted.pop(cell.source.strip(), None)


def _match_by_text(matching: Matching) -> None:
    for gap in list(matching.gaps()):
        free = list(gap.cells)
        for wanted in gap.around:
            if wanted not in matching.owners:
                number = next((n for n in free if _is_edited(matching.cells[n], wanted)), None)
                if number is not None:
                    matching.owners[number] = wanted
                    free.remove(number)


def _is_edited(cell: RawCell, wanted: ReleasedCell) -> bool:
    """Whether a cell without a name is the `wanted` one, with a student's changes in it."""
    if cell.kind != wanted.kind:
        return False
    if cell.source.strip() == wanted.source.strip():
        return bool(cell.source.strip())
    match wanted.role:
        case "solution":
            return wanted.grade_id in defined(cell.source)
        case "test":
            test = set(statements(wanted.source))
            return bool(test) and test <= set(statements(cell.source))
        case "given":
            lines, theirs = _lines(wanted.source), _lines(cell.source)
            return len(lines & theirs) > ALIKE * max(len(lines), len(theirs))
    return False


def _lines(source: str) -> set[str]:
    return {line.strip() for line in source.splitlines() if line.strip()}


def _one_of_each_given(matching: Matching) -> None:
    """Further copies of a given cell are the student's own: they run where they stand."""
    seen = set[str]()
    for number, owner in enumerate(matching.owners):
        if owner and owner.role == "given":
            if owner.id in seen:
                matching.owners[number] = None
            seen.add(owner.id)


def _with_additions_apart(matching: Matching) -> Matching:
    apart = Matching(matching.released, [], [])
    for cell, owner in zip(matching.cells, matching.owners, strict=True):
        addition = None
        if owner and owner.role == "test":
            addition = _addition(cell, owner, matching.released.exercises)
        if owner and addition:
            apart.cells.append(addition)
            apart.owners.append(None)
            apart.kept.add(owner.id)
        apart.cells.append(cell)
        apart.owners.append(owner)
    return apart


def _addition(cell: RawCell, test: ReleasedCell, exercises: Collection[str]) -> RawCell | None:
    """The functions or the words that a student added to a test cell; None where there are none.

    A changed line of the test is neither.
    """
    own = _lines(test.source)
    lines = [line for line in cell.source.splitlines() if line.strip(" \t#") not in own]
    source = "\n".join(lines).strip("\n")
    if source == test.source.strip("\n"):
        return None
    added = replace(cell, id="", grade_id=None, source=source, outputs=[], attachments={})
    if is_prose(added):
        return replace(added, kind="markdown")
    mine = not defined(source).isdisjoint(exercises) or _DEFINITION.search(source)
    return added if mine else None
