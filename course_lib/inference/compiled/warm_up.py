"""The warm-up of many chains: step size, metric and trajectory length adapt, window by window.

>>> chains = Chains(model, None, chains=8, metric="diagonal", method="nuts", max_depth=8, seed=1,
...                 longest=50)
>>> chains.compile()
>>> gradients = warm_up(chains, 50, step_size=None, target_acceptance=0.8)
>>> 0 < float(tf.exp(chains.step_size.log_step)) < 2
True
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.adaptation.mass_matrix import width_ratio
from course_lib.inference.adaptation.trajectory_length import LAST_CHANGE, MAX_CHANGE
from course_lib.inference.adaptation.windows import pooled_windows
from course_lib.inference.compiled.chains import Chains
from course_lib.inference.compiled.chunk import CAREFUL_DEPTH, Chunk
from course_lib.inference.compiled.dual_averaging import init_step_size
from course_lib.inference.compiled.shared_metric import DENSE_LIMIT

Floats = NDArray[np.float64]


def warm_up(
    chains: Chains,
    warmup: int,
    step_size: float | None,
    target_acceptance: float,
    on_progress: Callable[[int], Any] = lambda made: None,
) -> int:
    """Make `warmup` transitions, and adapt. Returns the number of gradients evaluated.

    Parameters
    ----------
    chains : Chains
        Compiled. Afterwards its step size is the one for the draws.
    warmup : int
    step_size : float or None
        A number is not changed.
    target_acceptance : float
    on_progress : callable
        Called with the number of transitions after each compiled call.

    Raises ValueError if the step size becomes extreme: the posterior is improper or broken.
    """
    size = step_size or float(chains.dimension**-0.25)
    leapfrogs = 0
    for i, length in enumerate(lengths := pooled_windows(warmup)):
        last = i == len(lengths) - 1
        chains.step_size = init_step_size(size, _longest_step(chains))
        parts = list(
            chains.transitions(
                length,
                on_progress,
                adapt=step_size is None,
                careful=not last,
                target_acceptance=target_acceptance,
            )
        )
        leapfrogs += sum(int(part.leapfrogs.sum()) for part in parts)
        if step_size is None:
            size = float(np.exp(chains.step_size.log_average))
            _check_step_size(size)
        q = np.concatenate([part.q for part in parts])
        if chains.method == "hmc" and length > 2:
            _adapt_trajectory_length(chains, q, parts, size, LAST_CHANGE if last else MAX_CHANGE)
        if chains.metric.adapts and not last and np.all(np.ptp(q, axis=(0, 2)) > 0):
            gradient = np.concatenate([part.gradient for part in parts])
            _adapt_metric(chains, _as_columns(q), _as_columns(gradient))
    chains.step_size = init_step_size(size)
    return leapfrogs


def _longest_step(chains: Chains) -> float:
    """One two-stage step, of two gradients, should not be longer than HMC's whole trajectory."""
    return 0.5 * chains.trajectory_length.time if chains.method == "hmc" else math.inf


def _adapt_trajectory_length(
    chains: Chains, q: Floats, parts: list[Chunk], size: float, max_change: float
) -> None:
    leapfrogs = np.concatenate([part.leapfrogs for part in parts])
    cut_short = leapfrogs.max() >= min(2**CAREFUL_DEPTH, 2**chains.max_depth)
    travelled = float(leapfrogs.mean()) * size if cut_short else None
    acceptance = float(np.mean([part.acceptance.mean() for part in parts]))
    chains.trajectory_length.update(q, acceptance, max_change, travelled)


def _adapt_metric(chains: Chains, q: Floats, whitened_gradient: Floats) -> None:
    """Estimate the metric, and with it the spread of trajectory lengths; arguments are [d, k]."""
    metric = chains.metric
    gradient = metric.unwhitened_gradient(whitened_gradient)
    metric.loc = q.mean(axis=1, keepdims=True)
    metric.estimate(q, gradient)
    # NUTS has no lengths, and the correlations of more parameters take long to compute.
    if chains.method == "hmc" and chains.dimension <= DENSE_LIMIT:
        ratio = 1.0 if metric.dense else width_ratio(q, gradient)
        chains.trajectory_length.set_spread(ratio)


def _as_columns(rows: Floats) -> Floats:
    """[steps, d, C] as [d, steps·C]."""
    return np.moveaxis(rows, 1, 0).reshape(rows.shape[1], -1)


def _check_step_size(size: float) -> None:
    if not 1e-10 < size < 1e10:
        raise ValueError(
            f"the warm-up came to a step size of {size:.1g}: log_prob seems "
            + ("flat, so the posterior may be improper" if size > 1 else "broken")
            + ". Look at the prior and at the gradient at the start."
        )
