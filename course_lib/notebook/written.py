"""Finds answers in words that do not stand in their own cell, so that a person reads them.

    answers = find_answers(matching)       # gives owners to cells that had none
    answers.elsewhere                      # {"meaning"}: answered by cells beside, above or below
    answers.perhaps                        # {"other": "the cell that begins “…”"}

Where a question's cell is as it was released, nbgrader gives zero points and asks nobody. So text
beside such a cell is taken for its answer; where there is only a guess, a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from course_lib.notebook.cell import Cell
from course_lib.notebook.matching import Matching
from course_lib.notebook.raw_notebook import RawCell
from course_lib.notebook.recognise import defined, is_prose
from course_lib.notebook.released_notebook import ReleasedCell


@dataclass(frozen=True)
class Answers:
    """What was found about questions whose own cell has no answer, by released id.

    elsewhere: those whose own cell is there, but others hold the answer, and are theirs now.
    perhaps: those without an answer, and where it may be.
    """

    elsewhere: set[str] = field(default_factory=set)
    perhaps: dict[str, str] = field(default_factory=dict)


def find_answers(matching: Matching) -> Answers:
    """Give cells with an answer to their question, and say where others may be."""
    answers, found = Answers(), matching.found()
    for gap in list(matching.gaps()):
        open_questions = _unanswered(matching)
        around = [question for question in open_questions if question in gap.around]
        for number in gap.cells:
            cell = matching.cells[number]
            question = next((q for q in around if _may_answer(cell, q, matching)), None)
            if question is not None:
                matching.owners[number] = question
                answers.elsewhere.update({question.id} & found.keys())
                if len(around) > 1:  # one cell for each; what is left over is the last one's
                    around.remove(question)
    for question in _unanswered(matching):
        place = next(_guesses(question, matching), None)
        if place is not None:
            answers.perhaps[question.id] = place
    return answers


def is_answer(cell: Cell, question: ReleasedCell) -> bool:
    """Whether there is more in a question's cell than nothing, or than what was released."""
    text = cell.source.split()
    return bool(text) and text != question.source.split()


def _unanswered(matching: Matching) -> list[ReleasedCell]:
    found = matching.found()
    questions = [cell for cell in matching.released.cells if cell.role == "manual"]
    return [q for q in questions if not any(is_answer(cell, q) for cell in found.get(q.id, ()))]


def _may_answer(cell: RawCell, question: ReleasedCell, matching: Matching) -> bool:
    if not question.is_code:
        return is_prose(cell)
    own = cell.is_code and bool(cell.source.strip())
    return own and defined(cell.source).isdisjoint(matching.released.exercises)


def _guesses(question: ReleasedCell, matching: Matching) -> Iterator[str]:
    """Where the answer may be: in code beside it, in the question's text, in any text."""
    for gap in matching.gaps():
        if question in gap.around:
            beside = (matching.cells[number] for number in gap.cells)
            yield from (cell.title for cell in beside if cell.source.strip())
    released, found = matching.released.cells, matching.found()
    place = released.index(question)
    for neighbour in released[max(place - 1, 0) : place + 2]:
        if neighbour.role == "given" and not neighbour.is_code:
            for cell in found.get(neighbour.id, ()):
                if is_answer(cell, neighbour):
                    yield cell.title
    for cell, owner in zip(matching.cells, matching.owners, strict=True):
        if owner is None and is_prose(cell):
            yield cell.title
