"""Arithmetic on a student's answers, without NumPy's warnings."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator

import numpy as np


@contextlib.contextmanager
def unwarned() -> Iterator[None]:
    """Warn of no infinity and of no mean of nothing: what a student returns is judged instead.

    >>> with unwarned():
    ...     np.mean([])
    np.float64(nan)
    """
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        yield
