"""What a hand-in says about its cells is kept apart from what the instructor says about them."""

from __future__ import annotations

import json
import pickle
from typing import Any

from course_lib.grading.nbgrader.autograded import handed_in
from course_lib.notebook.align import restore
from course_lib.notebook.raw_notebook import parse
from course_lib.notebook.released_notebook import ReleasedNotebook


def raw(source: str, kind: str = "code", tags: tuple[str, ...] = (), **grading: Any) -> Any:
    return {
        "cell_type": kind,
        "id": grading.get("grade_id", "plain"),
        "source": source,
        "metadata": {"nbgrader": grading, "tags": list(tags)},
    }


def text(*cells: Any) -> str:
    return json.dumps({"cells": list(cells), "metadata": {}})


STUB = raw("def f(): ...", grade_id="f", solution=True)
TEST = raw("check(f)", grade_id="check_f", grade=True, points=2)
TASK = raw("Add a figure below.", "markdown", grade_id="figure", task=True, points=5)
CODE_BY_HAND = raw("", grade_id="plot", grade=True, solution=True, points=3)
RELEASED = ReleasedNotebook.parse(text(STUB, TEST, TASK, CODE_BY_HAND), "01_x", "x")


def test_no_claim_of_a_hand_in_is_believed_when_it_is_read() -> None:
    claims = raw("x", grade_id="f", grade=True, task=True, points=99, tags=("demonstration",))
    (cell,) = parse(text(claims).encode()).cells
    assert (cell.role, cell.points, cell.tags, cell.demonstration) == ("extra", 0.0, (), False)
    assert (cell.claimed_points, cell.claimed_tags) == (99, ("demonstration",))


def test_what_a_person_grades_has_the_instructors_role_and_points() -> None:
    figure = raw("plot(f)", grade_id="my own")
    handed = text(STUB, TEST, TASK | {"metadata": {}}, figure, CODE_BY_HAND | {"source": "plot()"})
    submission = restore(handed.encode(), RELEASED, "ada")
    assert [(cell.role, cell.points, cell.kind) for cell in submission.cells] == [
        ("solution", 0.0, "code"),
        ("test", 2.0, "code"),
        ("task", 5.0, "markdown"),
        ("extra", 0.0, "code"),
        ("manual", 3.0, "code"),
    ]
    assert [cell.number for cell in submission.cells] == [1, 2, 3, 4, 5]
    assert submission.cell("plot").may_run
    shown = handed_in(submission, RELEASED)
    assert shown.cells[2].metadata.nbgrader == TASK["metadata"]["nbgrader"]


def test_only_the_points_of_test_cells_are_automatic() -> None:
    assert RELEASED.points == {"f": 2.0}
    assert RELEASED.exercises == ("f",)
    assert RELEASED.cell("figure").by_hand and RELEASED.cell("plot").by_hand


def test_a_submission_survives_pickling() -> None:
    submission = restore(text(STUB, TEST).encode(), RELEASED, "ada")
    again = pickle.loads(pickle.dumps(submission))
    assert again == submission and again.content_hash == submission.content_hash
