"""`sample`: many chains of NUTS, HMC or elastic-step HMC, compiled.

    >>> result = sample(model, draws=200, chains=16, warmup=100, seed=1, progress=False)
    >>> result.draws.shape                              # [steps, chains, d]
    (200, 16, 3)

The algorithms and the result are those of `nuts`, `hmc` and `elastic_hmc` (`readable`), at the
speed of compiled code.

Which method? NUTS chooses the length of each trajectory itself. Use it first, and for posteriors
with corners. But it discards most points of a
trajectory, and all chains wait for the longest one. With `method="hmc"` all chains have the same
length, which is learnt in the warm-up from all of them, and a more accurate step
(`integrators.two_stage`). Then there are two to seven times as many effective draws in a second, if
the posterior is close to a normal distribution. If it is not, the warnings about R-hat say so.
`method="elastic"` is for scales that differ from place to place, as in a funnel, where the others
diverge or have chains that do not move: its steps are short where the gradient is large
(`elastic_kernel`). Where one step fits everywhere, "hmc" is faster. The lengths of its trajectories
are not tuned, and it forgets slowly: take long chains, and a warm-up of 1000.
"""

from __future__ import annotations

import time
import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_lib.inference.compiled.chains import KERNELS, Chains
from course_lib.inference.compiled.collect import collect, draw
from course_lib.inference.compiled.warm_up import warm_up
from course_lib.inference.hamiltonian.metrics import Metric
from course_lib.inference.model.target import Target
from course_lib.inference.result import Result
from course_lib.inference.run_checks import checked

TARGET_ACCEPTANCE = {"nuts": 0.8, "hmc": 0.9, "elastic": 0.8}
"""For HMC higher, because a rejected proposal costs a whole trajectory."""


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
        Transitions that are kept, and transitions before them for tuning, for each chain.
    chains : int
        C. 64 to 256 for few parameters, 32 for a thousand. Fewer than 16 do not use the processor
        well.
    start : array, optional
        [d], around which the chains are spread according to the curvature there; or [chains, d],
        one for each chain. Default: the model's current vector. From one point no diagnostic can
        see a second mode: R-hat compares the chains, and all of them are in the first. If the
        posterior may have several, give starts that are spread more widely than all of it, such as
        draws from the prior.
    step_size : float, optional
        The time for each gradient, not changed. Default: learnt in the warm-up, by dual averaging,
        for all chains together.
    target_acceptance : float, optional
        The mean acceptance at which the warm-up aims. Default: 0.8; for HMC 0.9.
    metric : Metric, "auto", "diagonal" or "dense"
        A Metric is not changed; a name says what to learn in the warm-up. "auto" is dense if the
        correlations around the start make that worth its cost, for up to 200 parameters.
    max_depth : int
        At most 2^max_depth gradients for each draw.
    method : "nuts", "hmc" or "elastic"
        Trajectories that end where they turn back, or that have a length learnt in the warm-up
        (without one: a quarter of the period of a normal distribution with this metric), or of
        4 to 256 steps whose size follows the gradient; their step_size is η of `elastic_kernel`.
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
    StuckChainError
        A chain never moved (in 20 draws or more). Its `result` has the draws.
    """
    if method not in KERNELS:
        raise ValueError(f'method must be "nuts", "hmc" or "elastic", got {method!r}')
    if target_acceptance is None:
        target_acceptance = TARGET_ACCEPTANCE[method]
    _check_settings(draws, warmup, chains, max_depth, step_size, target_acceptance)
    longest = max(draws, warmup, 1)
    all_chains = Chains(model, start, chains, metric, method, max_depth, seed, longest)
    from tqdm.auto import tqdm  # its import looks for a notebook, so only when needed

    label = f"{method.upper()} × {chains}"
    with tqdm(total=warmup + draws, desc=f"{label}: compiling …", disable=not progress) as bar:
        began = time.perf_counter()
        all_chains.compile()
        compiled = time.perf_counter()
        bar.set_description(label)
        gradients = warm_up(all_chains, warmup, step_size, target_acceptance, bar.update)
        warmed = time.perf_counter()
        parts = draw(all_chains, draws, bar.update)
    finished = time.perf_counter()
    if not parts:
        raise KeyboardInterrupt
    result = collect(
        all_chains,
        parts,
        names or Target(model).names(all_chains.dimension),
        warmup=warmup,
        warmup_evaluations=gradients,
        compile_seconds=compiled - began,
        warmup_seconds=warmed - compiled,
        sampling_seconds=finished - warmed,
        one_start=all_chains.one_start,
    )
    if len(result.draws) < draws:
        warnings.warn(f"interrupted: kept {len(result.draws)} of {draws} draws", stacklevel=2)
    ends = np.concatenate([result.draws[0], result.draws[-1]]).T
    return checked(result, all_chains.evaluate, all_chains.evaluate(ends)[1], stacklevel=3)


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
