"""A notebook's JSON becomes cells; where it cannot, the message names the cell."""

from __future__ import annotations

from typing import Any

import pytest

from course_lib.notebook.cell import Cell
from course_lib.notebook.magics import python, shell_lines
from course_lib.notebook.reading import cells_of


def raw(source: Any = "", kind: str = "code", **metadata: Any) -> dict[str, Any]:
    return {"cell_type": kind, "source": source, "metadata": metadata}


def read(*cells: Any) -> tuple[Cell, ...]:
    return cells_of({"cells": list(cells)})


def test_everything_that_is_said_of_a_cell_is_read() -> None:
    about = {"grade": True, "solution": False, "locked": True, "grade_id": "check_f", "points": 2}
    cell = raw(["a = 1\n", "b = 2"], nbgrader=about, tags=["demonstration", "slow"])
    assert read(cell | {"id": "x"}) == (
        Cell(
            id="x",
            source="a = 1\nb = 2",
            kind="code",
            role="test",
            grade_id="check_f",
            points=2.0,
            locked=True,
            tags=("demonstration", "slow"),
            number=1,
        ),
    )


def test_a_task_and_answers_of_every_kind_are_told_apart() -> None:
    by_hand = {"grade": True, "solution": True, "grade_id": "q", "points": 1}
    task = {"grade": False, "solution": False, "task": True, "grade_id": "t", "points": 5}
    found = read(
        raw("f = 1", nbgrader=by_hand),
        raw("words", "markdown", nbgrader=by_hand),
        raw("do this", "markdown", nbgrader=task),
        raw("x", "raw"),
    )
    assert [(cell.role, cell.kind, cell.by_hand, cell.may_run) for cell in found] == [
        ("manual", "code", True, True),
        ("manual", "markdown", True, False),
        ("task", "markdown", True, False),
        ("given", "raw", False, False),
    ]
    assert found[2].points == 5.0


def test_an_ordinary_cell_has_no_name_and_no_points() -> None:
    (cell,) = read(raw("x = 1"))
    assert (cell.grade_id, cell.exercise, cell.points, cell.role) == (None, None, 0.0, "given")
    assert (cell.locked, cell.demonstration) == (False, False)


def test_ids_are_unique_even_where_a_cell_was_copied_or_has_none() -> None:
    cells = [raw() | {"id": "a"}, raw() | {"id": "a"}, raw(), raw() | {"id": "cell-3"}]
    assert [cell.id for cell in read(*cells)] == ["a", "cell-2", "cell-3-", "cell-3"]
    assert [cell.number for cell in read(*cells)] == [1, 2, 3, 4]


def test_a_notebook_node_is_read_as_its_file() -> None:
    from nbformat.v4 import new_code_cell, new_notebook

    cell = new_code_cell("x = 1", metadata={"nbgrader": {"solution": True, "grade_id": "f"}})
    (found,) = cells_of(new_notebook(cells=[cell]))
    assert (found.role, found.exercise, found.id) == ("solution", "f", cell.id)


@pytest.mark.parametrize("notebook", [{}, [], None, {"cells": 3}, {"worksheets": []}])
def test_json_without_cells_is_refused(notebook: Any) -> None:
    with pytest.raises(ValueError, match="it has no cells"):
        cells_of(notebook)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (3, "it is not a JSON object"),
        ({"source": ""}, "its cell_type is None"),
        (raw(kind="heading"), "its cell_type is 'heading'"),
        (raw(3), "its source is not text"),
        (raw(["a", 1]), "its source is not text"),
        (raw(nbgrader={"points": "many"}), "its points are 'many'"),
        (raw(nbgrader=[]), "its nbgrader metadata is not a JSON object"),
        (raw() | {"metadata": None}, "its metadata is not a JSON object"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(cell: Any, why: str) -> None:
    with pytest.raises(ValueError, match=f"cell 2 is not valid: {why}"):
        read(raw(), cell)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1", "x = 1"),
        ("if x:\n    %time y\n!ls", "if x:\n    y\npass"),
        ("%time -x y = f(x)", "y = f(x)"),
        ("y = %time f(x)\nfiles = !ls", "y = f(x)\nfiles = []"),
        ("%%time\nx = 1", "\nx = 1"),
        ("%%capture shown\n!ls\nx = 1", "\npass\nx = 1"),
        ("\n\n%%timeit -n 3\nx = 1", ""),  # in Jupyter, too, it binds nothing
        ("%%bash\nls", ""),
        ("%matplotlib qt\n%load_ext lab_black\nx?\n?x\n%x??", "\n".join(["pass"] * 5)),
        ("!pip install it's \\\n  more\nx = 1", "pass\n\nx = 1"),
        ("import x\npip install emcee\nx = 1", "import x\npass\nx = 1"),
        ("pip = 3\npip + 1\n!ls", "pip = 3\npip + 1\npass"),
        ("get_ipython().run_line_magic('pip', 'install x')", "pass"),
        ("get_ipython().system('ls')\nx = 1", "pass\nx = 1"),
        ("get_ipython().run_cell_magic('time', '', 'x = 1')", "exec('\\nx = 1')"),
        ("%%writefile a.py\nx = 1", "open('a.py', 'w', encoding='utf-8').write('x = 1');"),
        ("%run a.py", "exec(open('a.py').read())"),
        # a line that begins with a sign but belongs to what is above it
        ("z = (a\n     % b)\n!ls", "z = (a\n     % b)\npass"),
        ('s = """\n!no\n%no\n"""\n!ls', 's = """\n!no\n%no\n"""\npass'),
        ("z = a \\\n  % b\n!ls", "z = a \\\n  % b\npass"),
        ("x = 'it\\'s'  # ( \"\n!ls", "x = 'it\\'s'  # ( \"\npass"),
    ],
)
def test_magics_are_taken_out_and_lines_keep_their_numbers(source: str, expected: str) -> None:
    assert python(source) == expected


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x = 1\n%time x", []),
        ("!ls\nx = 1\n%pip install a", ["!ls", "%pip install a"]),
        ("%%bash\nls", ["%%bash"]),
        ("%%time\nfiles = !ls", ["!ls"]),
        ("%matplotlib inline\nx?", []),
        ("pip install a", ["pip install a"]),
    ],
)
def test_commands_that_would_start_another_program_are_told(source: str, lines: list[str]) -> None:
    assert shell_lines(source) == lines
