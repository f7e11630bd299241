"""One chain: a point, its random numbers, its step size and its metric, moved by a kernel.

>>> rng = np.random.default_rng(1)
>>> chain = Chain(Target(model), hmc_step, start, rng, DualAveraging(), "diagonal", warmup=100)
>>> for _ in range(100):
...     learnt = chain.warm_up()
>>> transition = chain.advance()
>>> transition.point is chain.point
True
"""

from __future__ import annotations

import copy

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.leapfrog import PhasePoint
from course_lib.inference.metrics import Metric
from course_lib.inference.step_size import StepSize, reasonable_step_size
from course_lib.inference.target import Target
from course_lib.inference.transition import Kernel, Transition
from course_lib.inference.warmup import MetricLearner, schedule

Vector = NDArray[np.float64]


class Chain:
    """Moves by `kernel`; `warm_up` also learns, `advance` does not.

    Raises ValueError if log_prob or its gradient is not finite at `start` [d].
    """

    def __init__(
        self,
        target: Target,
        kernel: Kernel,
        start: Vector,
        rng: np.random.Generator,
        step_size: StepSize,
        metric: Metric | str,
        warmup: int,
    ):
        self._target, self._kernel, self._rng = target, kernel, rng
        self._learner = MetricLearner(metric, len(start))
        self.point = PhasePoint(start, np.zeros_like(start), *target.checked(start))
        self._step_size = copy.deepcopy(step_size)  # each chain learns its own
        self._schedule = schedule(warmup)
        self._done = 0

    @property
    def metric(self) -> Metric:
        """The metric in use."""
        return self._learner.current

    @property
    def step_size(self) -> float:
        """ε for the draws."""
        return self._step_size.final

    def warm_up(self) -> Transition:
        """One transition, and what it teaches."""
        if self._done == 0:
            self._restart(1.0)
        transition = self._move(self._step_size.current)
        self._step_size.update(transition.acceptance)
        if self._done >= self._schedule.slow_start:
            self._learner.add(self.point.position)
        self._done += 1
        if self._done in self._schedule.metric_updates and self._learner.renew():
            self._restart(self._step_size.final)
        return transition

    def advance(self) -> Transition:
        """One transition with what was learnt."""
        return self._move(self._step_size.final)

    def _move(self, step_size: float) -> Transition:
        # A trajectory may overflow on its way out; the kernel sees that as an infinite energy.
        with np.errstate(all="ignore"):
            transition = self._kernel(self._target, self.metric, self.point, step_size, self._rng)
        self.point = transition.point
        return transition

    def _restart(self, step_size: float) -> None:
        if self._step_size.adapts:
            with np.errstate(all="ignore"):
                size = reasonable_step_size(
                    self._target, self.metric, self.point, step_size, self._rng
                )
            self._step_size.restart(size)
