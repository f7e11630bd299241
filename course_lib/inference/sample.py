"""`sample`: the one call for users. Many chains of NUTS or HMC in lock step, compiled.

    >>> result = sample(model, draws=200, chains=16, warmup=100, seed=1, progress=False)
    >>> result.draws.shape                              # [steps, chains, d]
    (200, 16, 3)

The same algorithms as `nuts` and `hmc` and the same result, at the speed of compiled code: read
`nuts.py` and `hmc.py` to learn how they work, `lockstep` for how they are made fast.

When which? NUTS finds the length of every trajectory by itself: take it first, and for posteriors
with corners, funnels, scales that differ from place to place. But it throws away most of a
trajectory's points, and in lock step all chains wait for the longest. `method="hmc"` gives all
chains the same length, tuned on all of them together in the warm-up (`lockstep/tuning.py`), and a
step that is better than leapfrog's (`Space.two_stage`): two to seven times as many effective draws
a second where the posterior is near a normal; the warnings on R-hat say where it is not.
"""

from __future__ import annotations

import time
import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_lib.inference.lockstep.run import KERNELS, Run
from course_lib.inference.metrics import Metric
from course_lib.inference.result import Result
from course_lib.inference.target import Target

TARGET_ACCEPTANCE = {"nuts": 0.8, "hmc": 0.9}


def sample(
    model: Any,
    draws: int = 1000,
    *,
    chains: int = 64,
    warmup: int = 200,
    start: ArrayLike | None = None,
    step_size: float | None = None,
    target_acceptance: float | None = None,
    metric: Metric | str = "auto",
    max_depth: int = 10,
    seed: int | None = None,
    method: str = "nuts",
    names: list[str] | None = None,
    progress: bool = True,
) -> Result:
    """Sample a log probability with many chains at once, compiled.

    Parameters
    ----------
    model : TFModel or callable
        A function must take q [d, chains] and return log_prob [chains], as float64 tensors.
    draws, warmup : int
        Transitions kept, and transitions spent on tuning first, for each chain.
    chains : int
        C. 64 to 256 for few parameters, 32 for a thousand; fewer than 16 leave the processor idle.
    start : array, optional
        [d]: the chains are spread around it by the local curvature; or one each, [chains, d].
        Default: the model's current vector.
    step_size : float, optional
        Time for each gradient. Kept as it is; default: learnt in the warm-up, by dual averaging,
        for all chains together.
    target_acceptance : float, optional
        The mean acceptance that the warm-up steers to; default: 0.8 for NUTS, 0.9 for HMC, where a
        refused draw is a whole trajectory lost.
    metric : Metric, "auto", "diagonal" or "dense"
        A Metric is kept as it is; a name is learnt in the warm-up. "auto" is dense where
        correlations around the start make that worth its cost, up to 200 parameters.
    max_depth : int
        At most 2^max_depth gradients a draw.
    method : "nuts" or "hmc"
        Trajectories that end where they turn back, or all of one length, tuned in the warm-up
        (without one: a quarter of the period of a normal that is as wide as the metric says).
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
    if method not in KERNELS:
        raise ValueError(f'method must be "nuts" or "hmc", got {method!r}')
    if target_acceptance is None:
        target_acceptance = TARGET_ACCEPTANCE[method]
    _check_settings(draws, warmup, chains, max_depth, step_size, target_acceptance)
    run = Run(model, start, chains, metric, method, max_depth, seed, max(draws, warmup, 1))
    from tqdm.auto import tqdm  # it looks for a notebook when imported: only when one is sampled in

    label = f"{method.upper()} × {chains}"
    with tqdm(total=warmup + draws, desc=f"{label}: compiling …", disable=not progress) as bar:
        began = time.perf_counter()
        run.compile()
        compiled = time.perf_counter()
        bar.set_description(label)
        run.warm_up(warmup, step_size, target_acceptance, bar.update)
        warmed = time.perf_counter()
        kept = run.draw(draws, bar.update)
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
