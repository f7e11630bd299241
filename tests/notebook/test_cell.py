"""What a cell is for follows from nbgrader's metadata, in one place."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from course_lib.notebook.cell import DEMONSTRATION, Cell, role_of


@pytest.mark.parametrize(
    ("grade", "solution", "task", "role"),
    [
        (False, False, False, "given"),
        (False, True, False, "solution"),
        (True, False, False, "test"),
        (True, True, False, "manual"),
        (False, False, True, "task"),
    ],
)
def test_the_role_is_what_nbgrader_itself_makes_of_the_flags(grade, solution, task, role) -> None:
    from nbformat import from_dict
    from nbgrader.utils import is_grade, is_solution, is_task

    about = {"grade": grade, "solution": solution, "task": task, "grade_id": "f"}
    node = from_dict({"metadata": {"nbgrader": about}})
    cell = Cell("f", "", role=role_of(about))
    assert cell.role == role
    assert cell.is_answer == is_solution(node)
    assert cell.is_graded == (is_grade(node) or is_task(node))


def test_without_metadata_a_cell_is_given() -> None:
    assert role_of({}) == role_of({"grade": None, "solution": 0}) == "given"


@pytest.mark.parametrize(
    ("role", "grade_id", "exercise"),
    [
        ("solution", "fit_line", "fit_line"),
        ("solution", "check_mate", "check_mate"),
        ("test", "check_fit_line", "fit_line"),
        ("test", "check_check_mate", "check_mate"),
        ("test", "test_fit_line", "test_fit_line"),
        ("manual", "why", "why"),
        ("task", "essay", "essay"),
        ("given", "cell-1f", None),
        ("extra", "fit_line", None),
        ("solution", None, None),
    ],
)
def test_a_cell_belongs_to_the_exercise_in_its_name(role, grade_id, exercise) -> None:
    assert Cell("a", "", role=role, grade_id=grade_id).exercise == exercise


@pytest.mark.parametrize(
    ("cell", "runs"),
    [
        (Cell("a", "x = 1"), True),
        (Cell("a", "x = 1", role="extra"), True),
        (Cell("a", "x = 1", role="manual"), True),
        (Cell("a", "x = 1", tags=(DEMONSTRATION,)), True),  # `choose` decides about these
        (Cell("a", "x = 1", role="test"), False),
        (Cell("a", "x = 1", kind="markdown"), False),
        (Cell("a", " \n"), False),
    ],
)
def test_code_that_is_not_a_test_may_run(cell: Cell, runs: bool) -> None:
    assert cell.may_run == runs


def test_messages_name_a_cell_as_their_reader_knows_it() -> None:
    named = Cell("a", "def f(): ...", role="solution", grade_id="f", number=4)
    plain = Cell("b", "\n" + "y" * 60 + "\nz = 1", number=5)
    assert (named.label, named.title) == ("cell f", "the cell of f")
    assert plain.label == f"cell 5 ({'y' * 40!r})"
    assert plain.title == f"the cell that begins “{'y' * 50} …”"


def test_a_cell_survives_pickling_and_cannot_be_changed() -> None:
    cell = Cell("a", "x = 1", role="solution", grade_id="f", points=2.0, tags=("t",), number=3)
    assert pickle.loads(pickle.dumps(cell)) == cell
    with pytest.raises(AttributeError):
        cell.source = "x = 2"


def test_importing_the_package_loads_nothing_but_the_standard_library() -> None:
    code = (
        "import sys; before = set(sys.modules); import course_lib.notebook.reading, "
        "course_lib.notebook.prerequisites; print(*{n.partition('.')[0] for n in "
        "set(sys.modules) - before} - sys.stdlib_module_names)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["course_lib"]
