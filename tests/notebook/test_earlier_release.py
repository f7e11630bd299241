"""A hand-in made from an earlier release is recognised, and accuses nobody."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.utils import compute_checksum

from course_lib.notebook.align import restore
from course_lib.notebook.checksum import is_intact
from course_lib.notebook.released_notebook import ReleasedNotebook
from course_lib.notebook.submission import Submission

TINY = Path(__file__).parent.parent / "courses" / "tiny"
RELEASED = json.loads((TINY / "release" / "01_basics" / "basics.ipynb").read_text())
TODAY = "This notebook was made from an earlier release of 01_basics. "
Notebook = dict[str, Any]


@pytest.fixture
def nb() -> Notebook:
    return copy.deepcopy(RELEASED)


def submitted(nb: Notebook) -> Submission:
    released = ReleasedNotebook.load(TINY, "01_basics")
    return restore(json.dumps(nb).encode(), released, "ada")


def cells_that_test(nb: Notebook) -> list[dict[str, Any]]:
    about = [(cell, cell["metadata"].get("nbgrader", {})) for cell in nb["cells"]]
    return [cell for cell, g in about if g.get("grade") and not g.get("solution")]


def released_as(cell: dict[str, Any], source: str, **grading: Any) -> None:
    """Make `cell` what nbgrader would have released."""
    cell["source"] = source
    cell["metadata"]["nbgrader"] |= grading
    cell["metadata"]["nbgrader"]["checksum"] = compute_checksum(nbformat.from_dict(cell))


def test_the_checksum_is_nbgraders_own():
    cells = [c for c in RELEASED["cells"] if c["metadata"].get("nbgrader", {}).get("checksum")]
    assert len(cells) > 10
    for cell in cells:
        source = "".join(cell["source"])
        about = cell["metadata"]["nbgrader"]
        assert is_intact(about, cell["cell_type"], source)
        assert not is_intact(about, cell["cell_type"], source + " ")


@pytest.mark.parametrize("points", ["many", None, [1], float("nan"), 10**400])
def test_points_that_are_none_make_no_cell_intact(points: Any):
    about = {"grade": True, "grade_id": "check_mean", "points": points, "checksum": "0" * 32}
    assert not is_intact(about, "code", "check(mean)")


def test_one_test_that_the_course_has_changed_since_is_no_students_doing(nb: Notebook):
    released_as(cells_that_test(nb)[0], "check(mean)\nassert mean([1]) == 1", points=7)
    said = submitted(nb)
    assert [line for line in said.notices if TODAY in line] == list(said.notices)
    assert "claims" not in str(said.remarks)


def test_the_same_line_more_in_every_test_is_no_students_doing(nb: Notebook):
    for cell in cells_that_test(nb):
        cell["source"] = ["# run me\n", *cell["source"]]
    said = submitted(nb)
    assert len(said.notices) == 1 and said.notices[0].startswith(TODAY)
    assert [cell for cell in said.cells if cell.role == "extra"] == []


def test_one_test_that_a_student_changed_is_still_named(nb: Notebook):
    cells_that_test(nb)[0]["source"] = "print('all well')"
    said = submitted(nb)
    assert "was changed" in str(said.notices) and TODAY not in str(said.notices)


def test_an_earlier_release_with_other_names_is_judged_by_what_it_defines(nb: Notebook):
    mean = next(
        c for c in nb["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == "mean"
    )
    mean["metadata"]["nbgrader"]["grade_id"] = mean["id"] = "exercise_1"
    mean["source"] = "def mean(values):\n    return sum(values) / len(values)\n"
    test = cells_that_test(nb)[0]
    released_as(test, "check(mean)  # 2024", grade_id="tests_1")
    test["id"] = "tests_1"
    said = submitted(nb)
    assert said.cell("mean").source == mean["source"]
    assert "another assignment" not in str(said.notices)


def test_cells_that_came_with_the_new_release_are_put_back_without_a_word(nb: Notebook):
    released_as(cells_that_test(nb)[0], "check(mean)  # 2024")
    given = [c for c in nb["cells"] if c["cell_type"] == "code" and "nbgrader" not in c["metadata"]]
    nb["cells"].remove(given[-1])
    said = submitted(nb)
    assert len(said.notices) == 1 and said.notices[0].startswith(TODAY)
