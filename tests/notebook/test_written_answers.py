"""A written answer is read by a person, wherever it stands and whatever its cell has lost."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from nbformat import from_dict
from nbgrader.utils import compute_checksum, determine_grade

from course_lib.grading.nbgrader.autograded import handed_in
from course_lib.notebook.align import restore
from course_lib.notebook.released_notebook import ReleasedNotebook
from course_lib.notebook.submission import Submission

ANSWER = "It is a density and not a probability, so it may be larger than one."
STUB = "YOUR ANSWER HERE"


def cell(id_: str, source: str, kind: str = "markdown", **grading: Any) -> dict[str, Any]:
    """A cell; with `grading`, one that nbgrader knows by its id, checksum and all."""
    made: dict[str, Any] = {"cell_type": kind, "id": id_, "source": source, "metadata": {}}
    if kind == "code":
        made |= {"outputs": [], "execution_count": None}
    if grading:
        grading = {"grade": False, "solution": False, "points": 0} | grading
        made["metadata"]["nbgrader"] = {"grade_id": id_, "schema_version": 3, **grading}
        made["metadata"]["nbgrader"]["checksum"] = compute_checksum(from_dict(made))
    return made


CELLS = [
    cell("start", "import math", "code"),
    cell("f", "def f(x):\n    raise NotImplementedError()", "code", solution=True),
    cell("check_f", "check(f)", "code", grade=True, points=3),
    cell("why_text", "### Why?\n\nWhy may it be larger than one?"),
    cell("why", STUB, grade=True, solution=True, points=2),
    cell("more_text", "And now to other things."),
    cell("how_text", "### How?\n\nHow would you find out?"),
    cell("how", STUB, grade=True, solution=True, points=2),
    cell("end_text", "That is all."),
]
TEXT = {"cells": CELLS, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
RELEASED = ReleasedNotebook.parse(json.dumps(TEXT), "01_x", "x")


class HandIn:
    """The release, to be changed as students and their editors do."""

    def __init__(self) -> None:
        self.cells = copy.deepcopy(CELLS)

    def place(self, id_: str) -> int:
        return next(number for number, each in enumerate(self.cells) if each.get("id") == id_)

    def __getitem__(self, id_: str) -> dict[str, Any]:
        return self.cells[self.place(id_)]

    def insert(self, place: int, source: str, kind: str = "markdown") -> None:
        made = cell("", source, kind)
        del made["id"]
        self.cells.insert(place, made)

    def lose_metadata(self, *but: str) -> None:
        for each in self.cells:
            if each.get("id") not in but:
                each["metadata"] = {}
                each.pop("id", None)

    def read(self) -> Submission:
        return restore(json.dumps(TEXT | {"cells": self.cells}).encode(), RELEASED, "ada")


def by_hand(submission: Submission) -> set[str]:
    """The questions that nbgrader leaves to a person; the others have zero points."""
    nodes = handed_in(submission, RELEASED).cells
    manual = [node for node in nodes if node.metadata.get("nbgrader", {}).get("solution")]
    graded = [node for node in manual if node.metadata.nbgrader.grade]
    return {n.metadata.nbgrader.grade_id for n in graded if determine_grade(n)[0] is None}


def shown(submission: Submission) -> str:
    return "\n".join(node.source for node in handed_in(submission, RELEASED).cells)


def below(nb: HandIn) -> None:
    nb.insert(nb.place("why") + 1, ANSWER)


def above(nb: HandIn) -> None:
    nb.insert(nb.place("why"), ANSWER)


def in_place_of_it(nb: HandIn) -> None:
    below(nb)
    nb.cells.remove(nb["why"])


def in_it_but_nameless(nb: HandIn) -> None:
    nb["why"]["source"] = ANSWER
    nb.lose_metadata("start", "f", "check_f", "why_text", "more_text", "how_text", "how")


def in_it_with_all_metadata_lost(nb: HandIn) -> None:
    nb["why"]["source"] = ANSWER
    nb["f"]["source"] = "def f(x):\n    return x"
    nb.lose_metadata()


def below_with_all_metadata_lost(nb: HandIn) -> None:
    below(nb)
    nb.lose_metadata()


def as_code(nb: HandIn) -> None:
    nb["why"].update(cell_type="code", source=ANSWER)


def in_a_code_cell_below(nb: HandIn) -> None:
    nb.insert(nb.place("why") + 1, ANSWER, "code")


def as_a_comment_below(nb: HandIn) -> None:
    nb.insert(nb.place("why") + 1, f"# {ANSWER}", "code")


def as_a_string_below(nb: HandIn) -> None:
    nb.insert(nb.place("why") + 1, f'"""{ANSWER}"""', "code")


def raw_below(nb: HandIn) -> None:
    nb.insert(nb.place("why") + 1, ANSWER, "raw")


def emptied_and_below(nb: HandIn) -> None:
    nb["why"]["source"] = " \n"
    below(nb)


def in_the_questions_text(nb: HandIn) -> None:
    nb["why_text"]["source"] += f"\n\n{ANSWER}"


def printed_below(nb: HandIn) -> None:
    nb.insert(nb.place("why") + 1, f"print('{ANSWER}')", "code")


def in_the_test_cells_place(nb: HandIn) -> None:
    nb["check_f"]["source"] = ANSWER


def under_the_test(nb: HandIn) -> None:
    nb["check_f"]["source"] += f"\n# {ANSWER}"


def at_the_very_end(nb: HandIn) -> None:
    nb.insert(len(nb.cells), ANSWER)


@pytest.mark.parametrize(
    "write",
    [
        below,
        above,
        in_place_of_it,
        in_it_but_nameless,
        in_it_with_all_metadata_lost,
        below_with_all_metadata_lost,
        as_code,
        in_a_code_cell_below,
        as_a_comment_below,
        as_a_string_below,
        raw_below,
        emptied_and_below,
        in_the_questions_text,
        printed_below,
        in_the_test_cells_place,
        under_the_test,
        at_the_very_end,
    ],
    ids=lambda write: write.__name__,
)
def test_a_person_reads_an_answer(write: Any) -> None:
    nb = HandIn()
    write(nb)
    submission = nb.read()
    assert "why" in by_hand(submission)
    assert ANSWER in shown(submission)


@pytest.mark.parametrize("write", [below, above, as_a_comment_below, emptied_and_below])
def test_the_answer_stands_in_the_cell_that_is_graded_and_both_are_told(write: Any) -> None:
    nb = HandIn()
    write(nb)
    submission = nb.read()
    assert submission.cell("why").source.strip() == ANSWER
    assert by_hand(submission) == {"why"}
    for said in (submission.notices, submission.remarks):
        assert any("'why' was found in another cell" in sentence for sentence in said)


def test_an_answer_in_two_cells_is_shown_whole_in_its_order() -> None:
    nb = HandIn()
    nb.insert(nb.place("why") + 1, "First half.")
    nb.insert(nb.place("why") + 2, "Second half.")
    submission = nb.read()
    text = shown(submission)
    assert text.index("First half.") < text.index("Second half.") < text.index("other things")
    assert submission.cell("why").source == "Second half."
    assert by_hand(submission) == {"why"}


def test_where_an_answer_is_only_guessed_the_cell_says_where_it_may_be() -> None:
    nb = HandIn()
    printed_below(nb)
    submission = nb.read()
    assert "the cell that begins “print('It is a density" in submission.cell("why").source
    assert any("a person will look" in sentence for sentence in submission.notices)


def test_two_answers_between_two_stubs_go_to_one_question_each() -> None:
    nb = HandIn()
    nb.insert(nb.place("why") + 1, ANSWER)
    nb.insert(nb.place("how") + 1, "By an experiment.")
    nb.lose_metadata()
    submission = nb.read()
    assert submission.cell("why").source == ANSWER
    assert submission.cell("how").source == "By an experiment."


def test_questions_that_nobody_answered_are_zero_and_nothing_is_said() -> None:
    nb = HandIn()
    nb["f"]["source"] = "def f(x):\n    return x"
    nb.insert(nb.place("check_f") + 1, "f(2)", "code")
    submission = nb.read()
    assert by_hand(submission) == set()
    assert submission.notices == ()


def test_what_was_answered_in_its_place_stays_there() -> None:
    nb = HandIn()
    nb["why"]["source"], nb["how"]["source"] = ANSWER, "By an experiment."
    nb.insert(nb.place("why") + 1, "And another thing.")
    submission = nb.read()
    assert submission.cell("why").source == ANSWER
    assert by_hand(submission) == {"why", "how"}
    assert submission.notices == ()


def test_a_function_written_in_the_test_cells_place_runs_before_the_test() -> None:
    nb = HandIn()
    nb["check_f"]["source"] = "def f(x):\n    return x\n\ncheck(f)"
    submission = nb.read()
    places = {each.source: each.number for each in submission.cells if each.may_run}
    own = places["def f(x):\n    return x"]
    assert submission.cell("f").number < own < submission.cell("check_f").number
    assert submission.cell("check_f").source == "check(f)"
    assert any("counts as a cell in front of it" in sentence for sentence in submission.notices)


def test_other_lines_of_a_test_are_not_run() -> None:
    nb = HandIn()
    nb["check_f"]["source"] = "check(f)\n_once = f(3)\nassert _once == 3"
    submission = nb.read()
    assert not any(each.role == "extra" for each in submission.cells)
    assert any("what was written there was not run" in sentence for sentence in submission.notices)


def test_a_notebook_without_any_metadata_has_every_cell_in_its_place() -> None:
    nb = HandIn()
    in_it_with_all_metadata_lost(nb)
    submission = nb.read()
    assert [each.id for each in submission.cells] == [each.id for each in RELEASED.cells]
    assert submission.cell("f").source == "def f(x):\n    return x"
    assert submission.notices == ()
    assert submission.remarks == (
        "cells that had lost their grade_id, found without it: 'f', 'check_f', 'why', 'how'",
    )


def test_a_given_cell_that_was_edited_and_lost_its_name_is_found() -> None:
    nb = HandIn()
    nb["why_text"]["source"] += "\n\nA good question!"
    nb.lose_metadata()
    found = {each.id: each for each in nb.read().cells}
    assert found["why_text"].changed
    assert not any(each.role == "extra" for each in found.values())
