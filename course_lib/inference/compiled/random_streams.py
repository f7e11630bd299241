"""Random numbers of many chains, with generators of its own for each chain.

>>> few, many = (RandomStreams(1, chains, dimension=2, length=5) for chains in (3, 8))
>>> (normals, bits), (others, _) = few.next(5), many.next(5)
>>> normals.shape, bits.shape                       # [length, d, C], [length, 2, C]
((5, 2, 3), (5, 2, 3))
>>> bool(np.all(normals == others[:, :, :3]))       # not changed by more chains
True
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class RandomStreams:
    """Normals and random bits for the transitions of C chains.

    Parameters
    ----------
    seed : int or None
        None: different numbers each time.
    chains, dimension, length : int
        C, d, and the most transitions at once.

    Attributes
    ----------
    seed : int or None
        The seed that gives the same numbers again.
    shared : numpy.random.Generator
        For random numbers that belong to no chain.
    """

    def __init__(self, seed: int | None, chains: int, dimension: int, length: int):
        sequence = np.random.SeedSequence(seed)
        self.seed = sequence.entropy if isinstance(sequence.entropy, int) else None
        self._streams = [
            (np.random.Generator(np.random.SFC64(normals)), np.random.SFC64(bits))
            for normals, bits in (child.spawn(2) for child in sequence.spawn(chains))
        ]
        self.shared = np.random.default_rng(sequence.spawn(1)[0])
        self._normals = np.zeros((length, dimension, chains))
        self._bits = np.zeros((length, 2, chains), np.uint64)

    def next(self, count: int) -> tuple[Floats, NDArray[np.uint64]]:
        """Normals [length, d, C] and bits [length, 2, C], of which the first `count` are new.

        The rest is left over from earlier calls. The next call overwrites both arrays.
        """
        dimension, chains = self._normals.shape[1:]
        normals = np.empty((chains, count, dimension))
        bits = np.empty((chains, count, 2), np.uint64)
        for i, (gauss, raw) in enumerate(self._streams):
            gauss.standard_normal(out=normals[i])
            bits[i] = raw.random_raw(2 * count).reshape(-1, 2)
        self._normals[:count] = normals.transpose(1, 2, 0)
        self._bits[:count] = bits.transpose(1, 2, 0)
        return self._normals, self._bits
