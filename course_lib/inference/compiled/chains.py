"""All chains of one call of `sample`, and the calls of the compiled function that move them.

>>> chains = Chains(model, None, chains=8, metric="diagonal", method="nuts", max_depth=8, seed=1,
...                 longest=50)
>>> chains.compile()
>>> chains.step_size = init_step_size(0.5)
>>> parts = list(chains.transitions(10))
>>> parts[0].q.shape                                # [steps, d, C]
(10, 3, 8)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import ArrayLike, NDArray

from course_lib.inference.adaptation.step_counts import StepCounts
from course_lib.inference.adaptation.trajectory_length import TrajectoryLength
from course_lib.inference.compiled.chunk import (
    CAREFUL_DEPTH,
    Chunk,
    elastic_chunk,
    hmc_chunk,
    nuts_chunk,
)
from course_lib.inference.compiled.dual_averaging import DualAveragingState, init_step_size
from course_lib.inference.compiled.initialisation import initialise
from course_lib.inference.compiled.random_streams import RandomStreams
from course_lib.inference.compiled.shared_metric import SharedMetric
from course_lib.inference.hamiltonian.metrics import Metric
from course_lib.inference.model.batched_target import BatchedTarget
from course_lib.inference.model.target import Target

Floats = NDArray[np.float64]
KERNELS = {"nuts": nuts_chunk, "hmc": hmc_chunk, "elastic": elastic_chunk}
NUMBERS_AT_ONCE = 200_000
"""d·C·transitions of one compiled call: 1.6 MB for each array of draws. With more, the short
windows of the warm-up would copy much that they do not use."""
OPERATIONS_AT_ONCE = 1e9
"""Of `BatchedTarget.work` in one compiled call: about half a second, because a call cannot be
interrupted. Not measured in seconds, because each call starts with a rounding, and the draws must
not depend on the machine."""


class Chains:
    """C chains: positions, metric, step size, trajectory length and random numbers.

    Arguments are those of `sample`; `longest` is the largest number of transitions that will be
    asked for at once. `compile` must be called before `transitions`.
    """

    def __init__(
        self,
        model: Any,
        start: ArrayLike | None,
        chains: int,
        metric: Metric | str,
        method: str,
        max_depth: int,
        seed: int | None,
        longest: int,
    ):
        points = Target(model).starts(start, chains)
        self._model, self.number, self.dimension = model, chains, points.shape[1]
        self.one_start = bool(chains > 1 and np.all(points == points[0]))
        self._points = points.T.copy()
        self.metric = SharedMetric(metric, self.dimension)
        self.target = BatchedTarget(model, self.dimension)
        room = NUMBERS_AT_ONCE // (self.dimension * chains)
        self._length = int(min(longest, np.clip(room, 25, 1000)))
        self.random = RandomStreams(seed, chains, self.dimension, self._length)
        self.method, self.max_depth = method, max_depth
        self.step_size = init_step_size(1.0)
        self.trajectory_length, self.step_counts = TrajectoryLength(), StepCounts()
        self._leapfrogs_each = float(2**CAREFUL_DEPTH)

    def compile(self) -> None:
        """Check the starts, estimate the metric there, and compile the kernel."""
        self._points = initialise(
            self.target, self._model, self._points, self.one_start, self.metric, self.random.shared
        )
        self._chunk = KERNELS[self.method](
            self.target,
            self.dimension,
            self.number,
            self._length,
            self.max_depth,
            self.metric.dense,
        ).get_concrete_function()  # saves the search for the signature: milliseconds for each call
        self._move(0)

    def evaluate(self, q: Floats) -> tuple[Floats, Floats]:
        """Log π [k] and gradients [d, k] at the columns of q [d, k], for any k: C at a time."""
        k = q.shape[1]
        parts = [
            self.target.at(q[:, np.arange(i, i + self.number) % k])
            for i in range(0, k, self.number)
        ]
        value, gradient = (np.concatenate(both, axis=-1) for both in zip(*parts, strict=True))
        return value[:k], gradient[:, :k]

    def transitions(
        self, count: int, on_progress: Callable[[int], Any] = lambda made: None, **how: Any
    ) -> Iterator[Chunk]:
        """Make `count` transitions, in compiled calls of about OPERATIONS_AT_ONCE; yields each.

        Parameters
        ----------
        count : int
        on_progress : callable
            Called with the number of transitions that a call has made.
        **how
            adapt, careful, target_acceptance, as for `chunk`; default: the step size stays.
        """
        while count:
            each = self.target.work * self.number * self._leapfrogs_each
            now = min(count, int(np.clip(OPERATIONS_AT_ONCE / each, 1, self._length)))
            part = self._move(now, **how)
            self._leapfrogs_each = max(1.0, float(part.leapfrogs.mean()))
            count -= now
            on_progress(now)
            yield part

    def _move(
        self,
        count: int,
        adapt: bool = False,
        careful: bool = False,
        target_acceptance: float = 0.8,
    ) -> Chunk:
        """One compiled call. The arrays of the result are NumPy's, except the last two fields."""
        normals, bits = self.random.next(count)
        lengths = self.step_counts if self.method == "elastic" else self.trajectory_length
        times = lengths.next_times(self._length, count)
        chunk = self._chunk(
            tf.constant(self._points), tf.constant(self.metric.loc),
            tf.constant(self.metric.scale), tf.constant(normals), tf.constant(bits),
            tf.constant(times), tf.constant(count), tf.constant(adapt), tf.constant(careful),
            self.step_size, tf.constant(target_acceptance, tf.float64),
        )  # fmt: skip
        if count:
            self._points = chunk.last.numpy()
        self.step_size = DualAveragingState(*(tf.identity(a) for a in chunk.step_size))
        # memoryview, because a tensor's numpy() copies: 5 % of the time, at 100 ns for a draw.
        fields: list[Any] = [np.asarray(memoryview(a))[:count] for a in chunk[:-2]]
        fields += chunk[-2:]
        return Chunk(*fields)
