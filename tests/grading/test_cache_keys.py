"""A verdict's keys change with what it depends on, and with nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from course_lib.claims.loading import load
from course_lib.grading.cache_keys import CacheKeys
from course_lib.notebook.cell import Cell

EXERCISE = '''
from hypothesis import strategies as st

from course_lib.claims import agree, exercise
{more}

@exercise(points=1)
def {name}(x):
    """{factor} times x."""
    return {factor} * x


@{name}.claim(points=1, x=st.floats(-5, 5))
def is_right(student, truth, x):
    """It is right."""
    agree(student.{name}(x), truth(x))
'''


def write(folder: Path, name: str, factor: float = 2.0, more: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(EXERCISE.format(name=name, factor=factor, more=more))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("double", "treble"):
        write(tmp_path / "assignments" / "01_first", name)
    return tmp_path


def keys(root: Path, *cells: Cell) -> dict[str, str]:
    return CacheKeys(load("01_first", root), cells).of("content", seed=1)


def test_another_assignment_changes_no_key(root: Path) -> None:
    before = keys(root)
    write(root / "assignments" / "02_second", "double", factor=7.0)
    assert keys(root) == before


def test_an_exercise_changed_changes_its_own_key_alone(root: Path) -> None:
    before = keys(root)
    write(root / "assignments" / "01_first", "double", factor=3.0)
    after = keys(root)
    assert after["treble"] == before["treble"]
    assert after["double"] != before["double"]


def test_a_known_mistake_of_one_exercise_changes_its_own_key_alone(root: Path) -> None:
    before = keys(root)
    mistakes = root / "assignments" / "01_first" / "mistakes" / "treble"
    mistakes.mkdir(parents=True)
    (mistakes / "twice.py").write_text('"""Twice."""\ndef treble(x):\n    return 2 * x\n')
    after = keys(root)
    assert after["double"] == before["double"]
    assert after["treble"] != before["treble"]


def test_mistakes_in_a_file_beside_an_exercise_are_in_its_own_key_alone(root: Path) -> None:
    beside = root / "assignments" / "01_first" / "treble_mistakes.py"
    mistake = "from .treble import treble\ntreble.mistake('{}', 'Seen.', '3', '2')\n"
    beside.write_text(mistake.format("twice"))
    before = keys(root)
    beside.write_text(mistake.format("doubled"))
    after = keys(root)
    assert after["double"] == before["double"]
    assert after["treble"] != before["treble"]
    write(root / "assignments" / "01_first", "treble", factor=4.0)
    assert keys(root)["double"] == before["double"]


@pytest.mark.parametrize("file", ["inputs.py", "truth.py", "course.toml"])
def test_what_exercises_share_changes_every_key(root: Path, file: str) -> None:
    before = keys(root)
    (root / "assignments" / "01_first" / file).write_text("# nothing\n")
    after = keys(root)
    assert all(after[name] != before[name] for name in before)


def test_an_exercise_that_another_imports_is_in_the_keys_of_both(root: Path) -> None:
    write(root / "assignments" / "01_first", "treble", more="from .double import double")
    before = keys(root)
    write(root / "assignments" / "01_first", "double", factor=3.0)
    after = keys(root)
    assert all(after[name] != before[name] for name in before)


def test_hints_that_import_exercises_tie_none_of_them_together(root: Path) -> None:
    hints = "from .double import double\nfrom .treble import treble\n"
    (root / "assignments" / "01_first" / "hints.py").write_text(hints)
    before = keys(root)
    write(root / "assignments" / "01_first", "double", factor=3.0)
    assert keys(root)["treble"] == before["treble"]


def test_the_content_and_the_seed_change_every_key(root: Path) -> None:
    before = keys(root)
    cache = CacheKeys(load("01_first", root))
    for other in (cache.of("other", seed=1), cache.of("content", seed=2)):
        assert all(other[name] != before[name] for name in before)


CHECK = Cell("c", "check(double)", role="test", grade_id="check_double", points=1.0)
GIVEN = Cell("g", "x = 1")
PROSE = Cell("p", "Some prose.", kind="markdown")
ANSWER = Cell("a", "Write here.", kind="markdown", role="manual", grade_id="why", points=1.0)


@pytest.mark.parametrize(
    ("cell", "other"),
    [
        (CHECK, {"points": 2.0}),
        (CHECK, {"source": "check(double) # twice"}),
        (GIVEN, {"source": "x = 2"}),
        (GIVEN, {"tags": ("demonstration",)}),
    ],
)
def test_code_and_automatic_points_of_the_release_change_every_key(
    root: Path, cell: Cell, other: dict[str, Any]
) -> None:
    before, after = keys(root, cell), keys(root, replace(cell, **other))
    assert all(after[name] != before[name] for name in before)


@pytest.mark.parametrize(
    ("cell", "other"),
    [(PROSE, {"source": "Better."}), (ANSWER, {"points": 3.0}), (ANSWER, {"source": "Answer:"})],
)
def test_what_is_only_shown_or_graded_by_a_person_changes_no_key(
    root: Path, cell: Cell, other: dict[str, Any]
) -> None:
    assert keys(root, cell) == keys(root, replace(cell, **other))


def test_an_import_over_several_lines_is_an_import_too(root: Path) -> None:
    write(root / "assignments" / "01_first", "treble", more="from . import (\n    double as d,\n)")
    before = keys(root)
    write(root / "assignments" / "01_first", "double", factor=3.0)
    after = keys(root)
    assert all(after[name] != before[name] for name in before)
