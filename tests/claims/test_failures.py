"""How a claim fails: what is compared with what, and in which words."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.claims.failures import CallFailed, ClaimFailure, agree, falls
from course_lib.protocol.questions import Answer


@pytest.mark.parametrize(
    ("near", "far", "expected", "got"),
    [
        (-0.0, 1.0, "less than 0 at m = 1.0", 1.0),
        (np.nan, 1.0, "a finite number", np.nan),
        (1.0, np.nan, "less than 1 at m = 1.0", np.nan),
        (-1.5117148631351824, 0.0, "less than -1.51171 at m = 1.0", 0.0),
        (1.0, 1.0 + 1e-12, "less than 1 at m = 1.0", 1.0 + 1e-12),
    ],
)
def test_what_should_fall_is_said_with_a_number_that_can_be_read(near, far, expected, got):
    with pytest.raises(ClaimFailure) as wrong:
        falls(near, far, "at m = 1.0")
    assert wrong.value.expected == expected
    np.testing.assert_equal(wrong.value.got, got)
    falls(1.0, 0.5, "at m = 1.0")


@pytest.mark.parametrize(
    ("got", "expected", "tolerance"),
    [
        (1.0, 1.0, 0.0),
        (np.inf, np.inf, 0.0),
        ([1.0, 2.0], np.array([1.0, 2.5]), [0.0, 0.5]),
        (np.array([], dtype=float), [], 0.0),
        ("ada", "ada", 0.0),
        (None, None, 0.0),
        ({"a": [1.0, "b"]}, {"a": [1.05, "b"]}, 0.1),
        ([1, [2, 3]], [1, [2, 3]], 0.0),
        ((np.array([1.0]), "a"), [np.array([1.0]), "a"], 0.0),
        (True, True, 0.0),
    ],
)
def test_values_that_agree_raise_nothing(got, expected, tolerance):
    agree(got, expected, tolerance=tolerance)


@pytest.mark.parametrize(
    ("got", "expected", "tolerance"),
    [
        (1.2, 1.0, 0.1),
        (np.nan, 1.0, np.inf),
        (np.nan, np.nan, 1.0),
        (-np.inf, np.inf, 1.0),
        (None, 1.0, 0.0),
        ("1.0", 1.0, 0.0),
        ([1.0, 2.0], [1.0, 2.5], [0.5, 0.1]),
        ("ada", "bob", 0.0),
        (1.0, "1.0", 0.0),
        ({"a": 1.0}, {"a": 1.0, "b": 2.0}, 0.0),
        ({"a": 1.2}, {"a": 1.0}, 0.1),
        ([1, [2, 3]], [1, [2, 4]], 0.0),
        (["a"], ["a", "b"], 0.0),
        ({1: 2}, [1, 2], 0.0),
        (0, None, 0.0),
    ],
)
def test_values_that_differ_are_a_failure_that_has_both(got, expected, tolerance):
    with pytest.raises(ClaimFailure) as wrong:
        agree(got, expected, tolerance=tolerance, message="look again")
    np.testing.assert_equal(wrong.value.expected, expected)
    np.testing.assert_equal(wrong.value.got, got)
    assert wrong.value.message == "look again"


def test_another_shape_is_said_as_a_shape():
    with pytest.raises(ClaimFailure, match=r"expected shape \(2,\), got shape \(3,\)"):
        agree(np.zeros(3), np.zeros(2))


def test_an_answer_that_is_an_error_is_a_failure_with_its_kind_and_words():
    failed = CallFailed(Answer.failed("timeout", "no answer in 6 s"))
    assert (failed.expected, failed.got, failed.message) == (
        "an answer",
        "timeout",
        "no answer in 6 s",
    )
