"""The chains of one call of `sample`: where they are, their metric, step size, random numbers.

>>> run = Run(model, None, chains=8, metric="diagonal", method="nuts", max_depth=8, seed=1,
...           longest=50)
>>> run.compile()
>>> run.warm_up(50, None, 0.8, lambda count: None)
>>> parts = run.draw(10, lambda count: None)
>>> parts[0].q.shape                                # [steps, d, C]
(10, 3, 8)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import ArrayLike, NDArray

from course_lib.inference.columns import ColumnsTarget
from course_lib.inference.lockstep.averaging import Averaging, fixed_step
from course_lib.inference.lockstep.chunk import CAREFUL_DEPTH, Chunk, lockstep_hmc, lockstep_nuts
from course_lib.inference.lockstep.start import (
    DENSE_LIMIT,
    POINTS,
    Beginning,
    checked,
    coordinates,
    dense_pays,
    may_be,
)
from course_lib.inference.lockstep.tuning import (
    FIRST_TIME,
    MOST,
    NARROW,
    ONE_PACE,
    WIDE,
    jittered,
    lag_one,
    lengthened,
)
from course_lib.inference.metrics import DenseMetric, DiagonalMetric, Metric
from course_lib.inference.pooled import dense_scale, diagonal_scale, stretch, windows
from course_lib.inference.result import Result
from course_lib.inference.target import Target

Floats = NDArray[np.float64]
KERNELS = {"nuts": lockstep_nuts, "hmc": lockstep_hmc}
NUMBERS_AT_ONCE = 200_000
"""d·C·transitions of one compiled call: 1.6 MB for each array of draws. More would make the
warm-up's short windows hand over too much that they do not use."""
OPERATIONS_AT_ONCE = 1e9
"""Of `ColumnsTarget.work`: about half a second, for a compiled call cannot be interrupted. Not by
the clock: a call begins with a rounding, so where they begin must not depend on the machine."""


class Run:
    """Arguments are those of `sample`; `longest` is the most transitions asked for at once."""

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
        self._model, self.chains, self.dimension = model, chains, points.shape[1]
        self._one_start = start is None or np.ndim(start) == 1
        self._points = points.T.copy()
        self.metric, self.method, self._max_depth = metric, method, max_depth
        self.loc, self.scale, self.dense = coordinates(metric, self.dimension)
        room = NUMBERS_AT_ONCE // (self.dimension * chains)
        self._length = int(min(longest, np.clip(room, 25, 1000)))
        self.target = ColumnsTarget(model, self.dimension)
        sequence = np.random.SeedSequence(seed)
        self.seed = sequence.entropy if isinstance(sequence.entropy, int) else None
        self._random = [
            (np.random.Generator(np.random.SFC64(gauss)), np.random.SFC64(coins))
            for gauss, coins in (child.spawn(2) for child in sequence.spawn(chains))
        ]
        self._rng = np.random.default_rng(sequence.spawn(1)[0])
        self._normals = np.zeros((self._length, self.dimension, chains))
        self._bits = np.zeros((self._length, 2, chains), np.uint64)
        self._averaging = fixed_step(1.0)
        self._time, self._spread, self._transitions = FIRST_TIME, WIDE, 0
        self._leapfrogs_each = float(2**CAREFUL_DEPTH)
        self._warmup_leapfrogs = 0

    @property
    def learns(self) -> bool:
        """Whether the warm-up is to find the metric."""
        return isinstance(self.metric, str)

    def compile(self) -> None:
        """Check the starts, find the first scale there, and compile the kernel."""
        value, gradient = checked(self.target, self._points, self._model)
        if self.learns:
            q, may_be_dense = self._points, may_be(self.metric, self.dimension)
            least = POINTS * self.dimension if may_be_dense else 2
            if self._one_start or self.chains < least:
                beginning = Beginning(self.target, self.chains, self._rng)
                q, gradient = beginning.around(q[:, :1], float(value[0]), least)
                if self._one_start:
                    self._points = q[:, : self.chains]
            if self.metric == "auto" and may_be_dense:
                self.dense = dense_pays(q, gradient, self.target.work)
            self.scale = self._scale(q, gradient)
        self.loc = self._points.mean(axis=1, keepdims=True)
        self._chunk = KERNELS[self.method](
            self.target, self.dimension, self.chains, self._length, self._max_depth, self.dense
        ).get_concrete_function()  # what looks the signature up at each call costs milliseconds
        self._move(0)

    def warm_up(
        self, warmup: int, step_size: float | None, goal: float, told: Callable[[int], Any]
    ) -> None:
        """Learn metric and length, window by window, and the step size; `told` of progress."""
        size = step_size or float(self.dimension**-0.25)
        for i, length in enumerate(lengths := windows(warmup)):
            self._averaging = fixed_step(size, self._longest_step)
            last = i == len(lengths) - 1
            parts = list(self._moves(length, told, step_size is None, not last, goal))
            self._warmup_leapfrogs += sum(int(part.leapfrogs.sum()) for part in parts)
            if step_size is None:
                size = float(np.exp(self._averaging.log_average))
                _check_step_size(size)
            q = np.concatenate([part.q for part in parts])
            if self.method == "hmc" and length > 2:
                self._renew_time(q, parts, size, 1.5 if last else MOST)
            if self.learns and not last and np.all(np.ptp(q, axis=(0, 2)) > 0):
                g = np.concatenate([part.gradient for part in parts])
                self._renew_metric(_columns(q), _columns(g))
        self._averaging = fixed_step(size)

    @property
    def _longest_step(self) -> float:
        """A step of HMC's has two gradients; longer than the whole trajectory, it is of no use."""
        return 0.5 * self._time if self.method == "hmc" else math.inf

    def _renew_time(self, q: Floats, parts: list[Chunk], size: float, most: float) -> None:
        leapfrogs = np.concatenate([part.leapfrogs for part in parts])
        cut_short = leapfrogs.max() >= min(2**CAREFUL_DEPTH, 2**self._max_depth)
        done = min(self._time, float(leapfrogs.mean()) * size) if cut_short else self._time
        accepted = float(np.mean([part.acceptance.mean() for part in parts]))
        self._time = lengthened(done, lag_one(q, accepted), most, self._spread)

    def _renew_metric(self, q: Floats, gradient_by_x: Floats) -> None:
        if self.dense:
            gradient = np.asarray(np.linalg.solve(self.scale.T, gradient_by_x), np.float64)
        else:
            gradient = gradient_by_x / self.scale
        self.loc, self.scale = q.mean(axis=1, keepdims=True), self._scale(q, gradient)
        # NUTS has no lengths, and the correlations of more parameters take long to look at.
        if self.method == "hmc" and self.dimension <= DENSE_LIMIT:
            one_pace = self.dense or stretch(q, gradient) < ONE_PACE
            self._spread = NARROW if one_pace else WIDE

    def draw(self, draws: int, told: Callable[[int], Any]) -> list[Chunk]:
        """The draws, in parts; those so far if interrupted."""
        kept: list[Chunk] = []
        try:
            for part in self._moves(draws, told):
                kept.append(part)
        except KeyboardInterrupt:
            pass
        return kept

    def result(self, kept: list[Chunk], names: list[str], **about: Any) -> Result:
        """All that is known about the draws."""
        whole: dict[str, Any] = {
            field: np.concatenate([getattr(part, field) for part in kept])
            for field in ("log_prob", "energy", "acceptance", "divergent", "depth", "leapfrogs")
        }
        metric: Metric = (
            DenseMetric(self.scale @ self.scale.T)
            if self.dense
            else DiagonalMetric(self.scale[:, 0] ** 2)
        )
        return Result(
            draws=np.ascontiguousarray(
                np.moveaxis(np.concatenate([part.q for part in kept]), 1, 2)
            ),
            **whole,
            names=names,
            step_size=np.full(self.chains, float(np.exp(self._averaging.log_step))),
            metric=(metric,) * self.chains,
            seed=self.seed,
            warmup_evaluations=self._warmup_leapfrogs,
            **about,
        )

    def _moves(self, count: int, told: Callable[[int], Any], *how: Any) -> Iterator[Chunk]:
        """`count` transitions, in compiled calls of about OPERATIONS_AT_ONCE."""
        while count:
            each = self.target.work * self.chains * self._leapfrogs_each
            now = min(count, int(np.clip(OPERATIONS_AT_ONCE / each, 1, self._length)))
            part = self._move(now, *how)
            self._leapfrogs_each = max(1.0, float(part.leapfrogs.mean()))
            count -= now
            told(now)
            yield part

    def _move(
        self, count: int, adapt: bool = False, careful: bool = False, goal: float = 0.8
    ) -> Chunk:
        normals, bits = self._randomness(count)
        times = jittered(self._time, self._transitions, self._length, self._spread)
        chunk = self._chunk(
            tf.constant(self._points), tf.constant(self.loc), tf.constant(self.scale),
            tf.constant(normals), tf.constant(bits), tf.constant(times), tf.constant(count),
            tf.constant(adapt), tf.constant(careful), self._averaging,
            tf.constant(goal, tf.float64),
        )  # fmt: skip
        self._transitions += count
        if count:
            self._points = chunk.last.numpy()
        self._averaging = Averaging(*(tf.identity(a) for a in chunk.averaging))
        # A view: a tensor's numpy() copies, which at 100 ns a draw is one part in twenty.
        fields: list[Any] = [np.asarray(memoryview(a))[:count] for a in chunk[:-2]]
        fields += chunk[-2:]
        return Chunk(*fields)

    def _randomness(self, count: int) -> tuple[Floats, NDArray[np.uint64]]:
        """Normals [length, d, C] and bits [length, 2, C], each chain's from its own generators.

        Beyond `count` they are those of an earlier call, and not used.
        """
        shape = self.chains, count
        normals, bits = np.empty((*shape, self.dimension)), np.empty((*shape, 2), np.uint64)
        for i, (gauss, coins) in enumerate(self._random):
            gauss.standard_normal(out=normals[i])
            bits[i] = coins.random_raw(2 * count).reshape(-1, 2)
        self._normals[:count] = normals.transpose(1, 2, 0)
        self._bits[:count] = bits.transpose(1, 2, 0)
        return self._normals, self._bits

    def _scale(self, q: Floats, gradient: Floats) -> Floats:
        if self.dense:
            return dense_scale(q, gradient)
        return diagonal_scale(q, gradient)


def _columns(rows: Floats) -> Floats:
    """[steps, d, C] as [d, steps·C]."""
    return np.moveaxis(rows, 1, 0).reshape(rows.shape[1], -1)


def _check_step_size(size: float) -> None:
    if not 1e-10 < size < 1e10:
        raise ValueError(
            f"the warm-up came to a step size of {size:.1g}: log_prob seems "
            + ("flat, so the posterior may be improper" if size > 1 else "broken")
            + ". Look at the prior and at the gradient at the start."
        )
