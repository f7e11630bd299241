"""What a claim's arithmetic warns of is nobody's to read."""

from __future__ import annotations

import warnings

import numpy as np

from course_lib.unwarned import unwarned


def test_a_mean_of_nothing_and_a_division_by_zero_say_nothing() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        with unwarned():
            assert np.isnan(np.mean([]))
            assert np.array(1.0) / np.array(0.0) == np.inf
    assert seen == []
