"""What an exercise is built on, as its cells' names tell; and that no more than that is said."""

from __future__ import annotations

import pytest

from course_lib.notebook.cell import Cell
from course_lib.notebook.prerequisites import Prerequisites, fix_first


def solution(name: str, source: str) -> Cell:
    return Cell(name, source, role="solution", grade_id=name)


LOW = solution("low", "def low(x): return x")
HIGH = solution("high", "def high(x): return helper(x)")
HELPER = Cell("helper", "def helper(x): return low(x)")
APART = solution("apart", "def apart(low): return low")
NAMES = ["apart", "high", "low"]


def test_what_is_called_on_the_way_counts_and_an_argument_of_the_same_name_does_not() -> None:
    found = Prerequisites([LOW, HELPER, HIGH, APART])
    assert found.exercises("high", NAMES) == ["low"]
    assert found.exercises("low", NAMES) == found.exercises("apart", NAMES) == []
    assert found.exercises("high", ["apart", "high"]) == []


def test_a_cell_that_changes_what_is_read_is_below_it() -> None:
    table = [
        Cell("1", "table = {}"),
        Cell("2", "table['low'] = low"),
        Cell("3", "import low_level as ll\nll.go(low)"),
    ]
    reads = solution("high", "def high(x): return table['low'](x)")
    found = Prerequisites([LOW, *table, reads])
    assert found.exercises("high", NAMES) == ["low"]
    assert found.below("high") == [LOW, *table[:2], reads]


@pytest.mark.parametrize(
    "helper",
    [
        Cell("helper", HELPER.source, kind="raw"),
        Cell("helper", "def helper(x): return low(globals()['x'])"),
    ],
    ids=["does not run", "cannot be read off"],
)
def test_nothing_is_said_of_what_cannot_be_told(helper: Cell) -> None:
    assert Prerequisites([LOW, helper, HIGH]).exercises("high", NAMES) == []


def test_one_and_several_have_their_own_words() -> None:
    assert fix_first([]) == ""
    then = "and this may come right by itself."
    assert fix_first(["low"]) == (
        f"It is built on low, which is not right yet: fix that first, {then}"
    )
    assert fix_first(["a", "b", "c"]) == (
        f"It is built on a, b and c, which are not right yet: fix those first, {then}"
    )


def test_a_cell_that_does_not_parse_is_below_nothing_that_it_only_mentions() -> None:
    broken = Cell("broken", "print(high(low(1))\nvalue = apart(low")
    found = Prerequisites([LOW, broken, APART, HELPER, HIGH])
    assert found.exercises("apart", NAMES) == []
    assert found.exercises("high", NAMES) == ["low"]
