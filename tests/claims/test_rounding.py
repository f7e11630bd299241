"""The bound on rounding holds for sums in any order, and is no wider than its reason says."""

from __future__ import annotations

import math

import numpy as np
import pytest

from course_lib.claims.rounding import EPS, OPERATIONS, rounding


@pytest.mark.parametrize("n", [1, 2, 24, 1000])
def test_a_sum_in_any_order_and_precision_of_its_terms_is_within_the_bound(n):
    rng = np.random.default_rng(n)
    for _ in range(50):
        terms = rng.normal(size=n) * 10.0 ** rng.uniform(-8, 8, size=n)
        exact = math.fsum(terms)
        allowed = rounding(n, np.sum(np.abs(terms)), operations=0)
        for ordered in (terms, terms[::-1], np.sort(terms)):
            assert abs(sum(ordered.tolist()) - exact) <= allowed


def test_it_grows_with_the_terms_the_operations_and_the_magnitudes():
    assert rounding(3, 2.0) == (OPERATIONS + 3) * EPS * 2.0
    assert rounding(3, 2.0, operations=1) == 4 * EPS * 2.0
    assert rounding(1, 0.0) == 0.0


def test_it_has_the_shape_of_the_magnitudes():
    assert rounding(3, [1.0, 2.0]).shape == (2,)
    assert rounding(3, 1).dtype == np.float64


def test_an_error_in_the_tenth_digit_is_seen():
    assert rounding(24, 1.0) < 1e-13
