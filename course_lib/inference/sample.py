"""`sample`: the one call for users. Many chains of NUTS in lock step, compiled.

    >>> result = sample(model, draws=200, chains=16, warmup=100, seed=1, progress=False)
    >>> result.draws.shape                              # [steps, chains, d]
    (200, 16, 3)

The same algorithm as `nuts` and the same result, at the speed of compiled code: read `nuts.py` to
learn how it works, `lockstep.py` for how it is made fast.
"""

from __future__ import annotations

import time
import warnings
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import ArrayLike, NDArray

from course_lib.inference.columns import ColumnsTarget
from course_lib.inference.lockstep import Averaging, Chunk, fixed_step, lockstep_nuts
from course_lib.inference.metrics import (
    DenseMetric,
    DiagonalMetric,
    IsotropicMetric,
    Metric,
)
from course_lib.inference.pooled import dense_scale, diagonal_scale, nudged, windows
from course_lib.inference.result import Result
from course_lib.inference.target import Target

Floats = NDArray[np.float64]
NUMBERS_AT_ONCE = 2_000_000
"""d·C·transitions of one compiled call: 16 MB for each array of draws."""
HALVINGS = 10
"""A chain's first displacement is halved at most so often, then it begins at the start itself."""
SECONDS_AT_ONCE = 0.5
"""A compiled call cannot be interrupted, so it should not last longer."""


def sample(
    model: Any,
    draws: int = 1000,
    *,
    chains: int = 64,
    warmup: int = 200,
    start: ArrayLike | None = None,
    step_size: float | None = None,
    target_acceptance: float = 0.8,
    metric: Metric | str = "diagonal",
    max_depth: int = 10,
    seed: int | None = None,
    names: list[str] | None = None,
    progress: bool = True,
) -> Result:
    """Sample a log probability with many chains of the No-U-Turn Sampler, compiled.

    Parameters
    ----------
    model : TFModel or callable
        A function must take q [d, chains] and return log_prob [chains], as float64 tensors.
    draws, warmup : int
        Transitions kept, and transitions spent on tuning first, for each chain.
    chains : int
        C. 32 to 256 for few parameters, 8 to 16 for thousands.
    start : array, optional
        [d]: the chains are spread around it by the local curvature; or one each, [chains, d].
        Default: the model's current vector.
    step_size : float, optional
        Kept as it is; default: learnt in the warm-up, by dual averaging, for all chains together.
    target_acceptance : float
        The mean acceptance that the warm-up steers to.
    metric : Metric, "diagonal" or "dense"
        A Metric is kept as it is; a name is learnt in the warm-up.
    max_depth : int
        At most 2^max_depth leapfrog steps a draw.
    seed : int, optional
        The same seed gives the same draws.
    names : list of str, optional
        Labels for the d numbers; default: the model's.
    progress : bool
        Show a progress bar.

    Returns
    -------
    Result
        Ctrl-C ends the sampling early and returns the draws so far.

    Raises
    ------
    ModelError
        log_prob is not scalar, not float64, or has no gradient.
    ValueError
        log_prob or its gradient is not finite at the start, or a setting does not fit.
    """
    _check_settings(draws, warmup, chains, max_depth, step_size, target_acceptance)
    run = LockstepRun(model, start, chains, metric, max_depth, seed, max(draws, warmup, 1))
    from tqdm.auto import tqdm  # it looks for a notebook when imported: only when one is sampled in

    label = f"NUTS × {chains}"
    with tqdm(total=warmup + draws, desc=f"{label}: compiling …", disable=not progress) as bar:
        began = time.perf_counter()
        run.compile()
        compiled = time.perf_counter()
        bar.set_description(label)
        run.warm_up(warmup, step_size, target_acceptance, bar)
        warmed = time.perf_counter()
        kept = run.draw(draws, bar)
    finished = time.perf_counter()
    if not kept:
        raise KeyboardInterrupt
    result = run.result(
        kept,
        names or Target(model).names(run.dimension),
        warmup=warmup,
        compile_seconds=compiled - began,
        warmup_seconds=warmed - compiled,
        sampling_seconds=finished - warmed,
    )
    if len(result.draws) < draws:
        warnings.warn(f"interrupted: kept {len(result.draws)} of {draws} draws", stacklevel=2)
    for concern in result.warnings():
        warnings.warn(concern, stacklevel=2)
    return result


class LockstepRun:
    """The chains of one call: where they are, their metric, step size and random numbers."""

    def __init__(
        self,
        model: Any,
        start: ArrayLike | None,
        chains: int,
        metric: Metric | str,
        max_depth: int,
        seed: int | None,
        longest: int,
    ):
        points = Target(model).starts(start, chains)
        self._model, self.chains, self.dimension = model, chains, points.shape[1]
        self._one_start = start is None or np.ndim(start) == 1
        self._points = points.T.copy()
        self.learns = isinstance(metric, str)
        self.loc, self.scale, self.dense = _coordinates(metric, self.dimension)
        room = NUMBERS_AT_ONCE // (self.dimension * chains)
        self._length = int(min(longest, np.clip(room, 25, 1000)))
        self.target = ColumnsTarget(model, self.dimension)
        self._chunk = lockstep_nuts(
            self.target, self.dimension, chains, self._length, max_depth, self.dense
        )
        sequence = np.random.SeedSequence(seed)
        self.seed = sequence.entropy if isinstance(sequence.entropy, int) else None
        self._random = [
            tuple(map(np.random.default_rng, child.spawn(2))) for child in sequence.spawn(chains)
        ]
        self._rng = np.random.default_rng(sequence.spawn(1)[0])
        self._averaging = fixed_step(1.0)
        self._seconds_each = SECONDS_AT_ONCE / 20
        self._warmup_leapfrogs = 0

    def compile(self) -> None:
        """Check the starts, find the first scale there, and compile the kernel."""
        value, gradient = self._checked(self._points)
        if self.learns and self._one_start:
            near = nudged(self._points[:, 0], self.chains, self._rng)
            self.scale = self._scale(near, self.target.at(near)[1])
            self._spread(value)
        elif self.learns and self.chains > 1:
            self.scale = self._scale(self._points, gradient)
        self.loc = self._points.mean(axis=1, keepdims=True)
        self._move(0)

    def _spread(self, height: Floats) -> None:
        """Move the chains apart by the local scale, but none far down from the start's `height`.

        Where the curvature there misleads, a displacement is halved until log π falls by less than
        d + 10: a normal's own draws lie d/2 ± √(d/2) below its summit.
        """
        width = np.diag(self.scale)[:, None] if self.dense else self.scale
        away = width * self._rng.standard_normal(self._points.shape)
        for _ in range(HALVINGS):
            value, gradient = self.target.at(self._points + away)
            sound = np.isfinite(value) & np.all(np.isfinite(gradient), axis=0)
            fine = sound & (value > height - self.dimension - 10)
            if fine.all():
                break
            away = np.where(fine, away, away / 2)
        self._points += np.where(fine, away, 0.0)

    def warm_up(self, warmup: int, step_size: float | None, goal: float, bar: Any) -> None:
        """Learn the metric, window by window, and the step size."""
        size = step_size or float(self.dimension**-0.25)
        for i, length in enumerate(lengths := windows(warmup)):
            self._averaging = fixed_step(size)
            last = i == len(lengths) - 1
            parts = list(self._moves(length, bar, step_size is None, not last, goal))
            self._warmup_leapfrogs += sum(int(part.leapfrogs.sum()) for part in parts)
            if step_size is None:
                size = float(np.exp(self._averaging.log_average))
                if not 1e-10 < size < 1e10:
                    raise ValueError(
                        f"the warm-up came to a step size of {size:.1g}: log_prob seems "
                        + ("flat, so the posterior may be improper" if size > 1 else "broken")
                        + ". Look at the prior and at the gradient at the start."
                    )
            if self.learns and not last:
                q = np.concatenate([np.moveaxis(part.q, 1, 0).reshape(self.dimension, -1)
                                    for part in parts], axis=1)  # fmt: skip
                g = np.concatenate([np.moveaxis(part.gradient, 1, 0).reshape(self.dimension, -1)
                                    for part in parts], axis=1)  # fmt: skip
                g = np.linalg.solve(self.scale.T, g) if self.dense else g / self.scale
                if np.all(q.std(axis=1) > 0):
                    self.loc, self.scale = q.mean(axis=1, keepdims=True), self._scale(q, g)
        self._averaging = fixed_step(size)

    def draw(self, draws: int, bar: Any) -> list[Chunk]:
        """The draws, in parts; those so far if interrupted."""
        kept: list[Chunk] = []
        try:
            for part in self._moves(draws, bar):
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

    def _moves(
        self, count: int, bar: Any, adapt: bool = False, careful: bool = False, goal: float = 0.8
    ) -> Any:
        """`count` transitions, in compiled calls of about SECONDS_AT_ONCE."""
        while count:
            at_once = int(np.clip(SECONDS_AT_ONCE / self._seconds_each, 1, self._length))
            now = min(count, at_once)
            began = time.perf_counter()
            part = self._move(now, adapt, careful, goal)
            self._seconds_each = (time.perf_counter() - began) / now
            count -= now
            bar.update(now)
            yield part

    def _move(
        self, count: int, adapt: bool = False, careful: bool = False, goal: float = 0.8
    ) -> Chunk:
        normals = np.empty((self._length, self.dimension, self.chains))
        bits = np.empty((self._length, 2, self.chains), np.uint64)
        for i, (gauss, coins) in enumerate(self._random):
            normals[:count, :, i] = gauss.standard_normal((count, self.dimension))
            bits[:count, :, i] = coins.integers(0, 2**64, (count, 2), np.uint64)
        chunk = self._chunk(
            tf.constant(self._points), tf.constant(self.loc), tf.constant(self.scale),
            tf.constant(normals), tf.constant(bits), count, adapt, careful, self._averaging,
            tf.constant(goal, tf.float64),
        )  # fmt: skip
        if count:
            self._points = chunk.last.numpy()
        self._averaging = Averaging(*(tf.identity(a) for a in chunk.averaging))
        fields: list[Any] = [a.numpy()[:count] for a in chunk[:-2]]
        fields += chunk[-2:]
        return Chunk(*fields)

    def _scale(self, q: Floats, gradient: Floats) -> Floats:
        if self.dense and q.shape[1] > 2 * self.dimension and q.std(axis=1).min() > 0:
            return dense_scale(q)
        scale = diagonal_scale(q, gradient)
        return np.diag(scale[:, 0]) if self.dense else scale

    def _checked(self, q: Floats) -> tuple[Floats, Floats]:
        value, gradient = self.target.at(q)
        bad = np.flatnonzero(~(np.isfinite(value) & np.all(np.isfinite(gradient), axis=0)))
        if bad.size:
            i = bad[0]
            Target(_Found(value[i], gradient[:, i], self._model)).checked(q[:, i])
        return value, gradient


class _Found:
    """A value and gradient known already, for `Target.checked` to explain."""

    def __init__(self, value: float, gradient: Floats, model: Any):
        self._answer = float(value), gradient
        self.names = getattr(model, "names", None)

    def value_and_gradient(self, theta: Floats) -> tuple[float, Floats]:
        return self._answer


def _coordinates(metric: Metric | str, dimension: int) -> tuple[Floats, Floats, bool]:
    """Loc [d, 1], scale ([d, 1] or [d, d]) and whether it is dense."""
    loc = np.zeros((dimension, 1))
    if isinstance(metric, Metric):
        if metric.dimension != dimension:
            raise ValueError(
                f"the metric is for {metric.dimension} parameters, the start has {dimension}"
            )
        if isinstance(metric, DenseMetric):
            return loc, np.asarray(np.linalg.cholesky(metric.covariance)), True
        if isinstance(metric, (DiagonalMetric, IsotropicMetric)):
            scale = np.sqrt(np.broadcast_to(metric.variance, dimension))
            return loc, scale[:, None].copy(), False
    if metric not in ("diagonal", "dense"):
        raise ValueError(
            f'metric must be a DiagonalMetric, IsotropicMetric or DenseMetric, "diagonal" or '
            f'"dense", got {metric!r}'
        )
    dense = metric == "dense"
    return loc, np.eye(dimension) if dense else np.ones((dimension, 1)), dense


def _check_settings(
    draws: int,
    warmup: int,
    chains: int,
    max_depth: int,
    step_size: float | None,
    target_acceptance: float,
) -> None:
    for name, number, least in (("draws", draws, 1), ("warmup", warmup, 0), ("chains", chains, 1)):
        if int(number) != number or number < least:
            raise ValueError(f"{name} must be a whole number of {least} or more, got {number!r}")
    if not 2 <= max_depth <= 12:
        raise ValueError(f"max_depth must be between 2 and 12, got {max_depth}")
    if not 0 < target_acceptance < 1:
        raise ValueError(f"target_acceptance must lie between 0 and 1, got {target_acceptance}")
    if step_size is None and not warmup:
        raise ValueError(
            "a step size is learnt during warm-up, and warmup is 0: "
            "give a number (step_size=0.5) or a warm-up (warmup=200)"
        )
    if step_size is not None and not (np.isfinite(step_size) and step_size > 0):
        raise ValueError(f"step_size must be finite and positive, got {step_size!r}")
