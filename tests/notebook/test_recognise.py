"""What cells are, read off their text where their metadata is lost."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from course_lib.claims.loading import load
from course_lib.notebook.cell import Cell
from course_lib.notebook.recognise import checks, defined, exercises_of, is_prose
from course_lib.student.student_notebook import parse
from course_lib.student.which_assignment import of_exercise

TINY = Path(__file__).parents[1] / "courses" / "tiny"


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f(x):\n    y = 1\n    return x", {"f"}),
        ("async def f(x): ...\nclass G(H):\n    z = 3", {"f", "G"}),
        ("@tf.function\ndef f(x):\n    return x ==", {"f"}),
        ("light_year = 9.46e15\nrate: float = 3", {"light_year", "rate"}),
        ("f == 3\nf(x=2)\nprint(f)\n  g = 2", set()),
        ("%time f = lambda x: x\nh = lambda x: x", {"h"}),
    ],
)
def test_what_code_defines_is_seen_whether_or_not_it_parses(source: str, names: set[str]) -> None:
    assert defined(source) == names


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("check(mean)", "mean"),
        ("# try it\n\ncheck( mean );", "mean"),
        ('check(mean, assignment="02_energy")', "mean"),
        ("check(mean)\nmean = 3", None),
        ("print(check(mean))", None),
        ("", None),
    ],
)
def test_a_cell_that_only_checks_is_a_test(source: str, name: str | None) -> None:
    assert checks(source) == name


@pytest.mark.parametrize(
    ("kind", "source", "prose"),
    [
        ("markdown", "Yes.", True),
        ("raw", " \n", False),
        ("code", "It is larger than one because it is a density", True),
        ("code", "# It is larger than one because it is a density", True),
        ("code", '"""It is larger than one because it is a density."""', True),
        ("code", "print('It is larger than one because')", False),
        ("code", "# x = 3\n# check(mean)", False),
        ("code", "def f(x)\n    return what it is not", False),
        ("code", "x = = 3", False),
    ],
)
def test_text_is_told_from_code(kind: str, source: str, prose: bool) -> None:
    assert is_prose(Cell("a", source, kind=kind)) is prose


def test_long_hostile_text_is_read_at_once() -> None:
    start = time.process_time()
    for source in ("a" * 50_000, "a-" * 25_000, "a " * 25_000, "x = " * 12_500, "(" * 50_000):
        is_prose(Cell("a", source))
        defined(source)
        checks(source)
    assert time.process_time() - start < 5


def stripped(notebook: str) -> str:
    """A tiny course's solutions as an editor saves them that keeps no metadata and no ids."""
    document = json.loads((TINY / "source" / notebook).read_text("utf-8"))
    for cell in document["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    return json.dumps(document)


def test_a_student_checks_a_notebook_without_metadata(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(TINY)
    notebook = parse(stripped("01_basics/basics.ipynb").encode(), TINY / "mine.ipynb")
    assert notebook.assignment.name == "01_basics"
    roles = {cell.grade_id: cell.role for cell in notebook.cells if cell.grade_id}
    for name in notebook.assignment.exercises:
        assert (roles[name], roles[f"check_{name}"]) == ("solution", "test")


def test_metadata_that_is_there_is_believed() -> None:
    cells = [Cell("a", "def f(): ...", role="solution", grade_id="f"), Cell("b", "def f(): ...")]
    assert exercises_of([Cell("a", "g = 1", grade_id="other"), *cells], ["f", "g"]) == {"f"}


def test_check_knows_the_assignment_of_a_notebook_without_metadata(
    tmp_path: Path, monkeypatch
) -> None:
    """Both assignments have `mean`: the notebook's other functions tell which one is meant."""
    path = tmp_path / "mine.ipynb"
    path.write_text(stripped("02_energy/energy.ipynb"))
    monkeypatch.chdir(TINY)
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    assert of_exercise("mean") is load("02_energy", TINY)
