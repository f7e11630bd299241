"""Where an author's code is at fault: the right line, found without reading other files."""

import sys

import pytest

from course_lib.claims.faults import Place

MOST_CALLS = 40  # of Python functions; a stack's sources take tens of thousands


def registers():
    """As `NAME.mistake(...)` does: notes where it was called."""
    return Place.of_caller()


def from_a_stack_of(depth):
    return from_a_stack_of(depth - 1) if depth else registers()


def test_the_place_of_a_caller_is_its_line():
    place = registers()
    assert place == Place("claims/test_place_of_a_fault.py", sys._getframe().f_lineno - 1)


@pytest.mark.parametrize("depth", [0, 100])
def test_the_place_of_a_caller_costs_the_same_from_any_stack(depth):
    calls = []
    sys.setprofile(lambda _frame, event, _what: calls.append(event))
    try:
        from_a_stack_of(depth)
    finally:
        sys.setprofile(None)
    assert calls.count("call") < depth + MOST_CALLS
