"""What an exercise is built on, as its cells' names tell; and that no more than that is said."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from course_lib.checks.foundations import Foundations, mend_first


@dataclass(frozen=True)
class Cell:
    source: str
    grade_id: str | None = None
    may_run: bool = True


LOW = Cell("def low(x): return x", "low")
HIGH = Cell("def high(x): return helper(x)", "high")
HELPER = Cell("def helper(x): return low(x)")
APART = Cell("def apart(low): return low", "apart")
NAMES = ["apart", "high", "low"]


def test_what_is_called_on_the_way_counts_and_an_argument_of_the_same_name_does_not() -> None:
    found = Foundations([LOW, HELPER, HIGH, APART])
    assert found.exercises("high", NAMES) == ["low"]
    assert found.exercises("low", NAMES) == found.exercises("apart", NAMES) == []
    assert found.exercises("high", ["apart", "high"]) == []


def test_a_cell_that_changes_what_is_read_is_below_it() -> None:
    table = [
        Cell("table = {}"),
        Cell("table['low'] = low"),
        Cell("import low_level as ll\nll.go(low)"),
    ]
    reads = Cell("def high(x): return table['low'](x)", "high")
    found = Foundations([LOW, *table, reads])
    assert found.exercises("high", NAMES) == ["low"]
    assert found.below("high") == [LOW, *table[:2], reads]


@pytest.mark.parametrize(
    "helper",
    [
        Cell(HELPER.source, may_run=False),
        Cell("def helper(x): return low(globals()['x'])"),
    ],
    ids=["does not run", "cannot be read off"],
)
def test_nothing_is_said_of_what_cannot_be_told(helper: Cell) -> None:
    assert Foundations([LOW, helper, HIGH]).exercises("high", NAMES) == []


def test_one_and_several_have_their_own_words() -> None:
    assert mend_first([]) == ""
    assert mend_first(["low"]) == "It is built on low, which is not right yet: mend that first."
    assert mend_first(["a", "b", "c"]) == (
        "It is built on a, b and c, which are not right yet: mend those first."
    )
