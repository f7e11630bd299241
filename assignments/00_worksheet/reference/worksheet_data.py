"""The fifty points of the 2018 worksheet, bit for bit.

The recipe is NumPy's legacy generator seeded with 123; `numpy.random.RandomState` gives the same
stream as `numpy.random.seed(123)` did without touching the global one.

>>> from .worksheet_data import worksheet_data
>>> x, y, truth = worksheet_data()
>>> x.shape, truth
((50,), (-0.4, 0.03, 0.1))
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .line import Array


class WorksheetData(NamedTuple):
    """x and y ``[50]``, x sorted in [-1, 1], and the true (m, b, s)."""

    x: Array
    y: Array
    truth: tuple[float, float, float]


def worksheet_data() -> WorksheetData:
    """A line of slope -0.4 and intercept 0.03 with Gaussian noise of scale 0.1.

    >>> round(float(worksheet_data().x[0]), 6)
    -0.880644
    """
    stream = np.random.RandomState(123)
    truth = (-0.4, 0.03, 0.1)
    m, b, s = truth
    x = np.sort(stream.uniform(-1.0, 1.0, 50))
    y = m * x + b + s * stream.randn(len(x))
    return WorksheetData(x, y, truth)
