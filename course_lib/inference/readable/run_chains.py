"""Run several chains with any kernel: warm-up, draws, progress bar, interruption.

`nuts` and `hmc` call this with their kernels; they differ in nothing else.

    >>> result = run_chains(hmc_step, model, start, draws=100, warmup=100, step_size=None,
    ...                     metric="diagonal", seed=1, chains=2, progress=False, label="HMC")
    >>> result.draws.shape
    (100, 2, 3)
"""

from __future__ import annotations

import time
import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_lib.inference.adaptation.dual_averaging import DualAveraging
from course_lib.inference.adaptation.step_size import ConstantStepSize, StepSize
from course_lib.inference.hamiltonian.metrics import Metric
from course_lib.inference.hamiltonian.transition import Kernel, Transition
from course_lib.inference.model.target import Target
from course_lib.inference.readable.chain import Chain
from course_lib.inference.result import Result
from course_lib.inference.run_checks import checked


def run_chains(
    kernel: Kernel,
    model: Any,
    start: ArrayLike | None,
    draws: int,
    warmup: int,
    step_size: float | StepSize | None,
    metric: Metric | str,
    seed: int | np.random.Generator | None,
    chains: int,
    progress: bool,
    label: str,
    target_acceptance: float = 0.8,
) -> Result:
    """Sample with any kernel. `label` is shown at the progress bar; the rest is as for `nuts`."""
    for name, number, least in (("draws", draws, 1), ("warmup", warmup, 0), ("chains", chains, 1)):
        if int(number) != number or number < least:
            raise ValueError(f"{name} must be a whole number of {least} or more, got {number!r}")
    step = _step_size(step_size, warmup, target_acceptance)
    rngs, entropy = _generators(seed, chains)
    target = Target(model)
    starts = target.starts(start, chains)

    began = time.perf_counter()
    all_chains = [
        Chain(target, kernel, point, rng, step, metric, warmup)
        for point, rng in zip(starts, rngs, strict=True)
    ]
    compiled = time.perf_counter()

    kept: list[list[Transition]] = []
    with _bar(warmup + draws, label, progress) as bar:
        for _ in range(warmup):
            for chain in all_chains:
                chain.warm_up()
            bar.update()
        warmed, warmup_evaluations = time.perf_counter(), target.evaluations
        try:
            for _ in range(draws):
                kept.append([chain.advance() for chain in all_chains])
                bar.update()
        except KeyboardInterrupt:
            if not kept:
                raise
            warnings.warn(f"interrupted: kept {len(kept)} of {draws} draws", stacklevel=3)
    finished = time.perf_counter()

    result = Result.of(
        kept,
        names=target.names(starts.shape[1]),
        step_size=np.array([chain.step_size for chain in all_chains]),
        metric=tuple(chain.metric for chain in all_chains),
        seed=entropy,
        warmup=warmup,
        warmup_evaluations=warmup_evaluations,
        compile_seconds=compiled - began,
        warmup_seconds=warmed - compiled,
        sampling_seconds=finished - warmed,
        one_start=bool(len(starts) > 1 and np.all(starts == starts[0])),
    )
    ends = [transition.point.gradient for transition in (*kept[0], *kept[-1])]
    return checked(result, target.at, np.array(ends).T, stacklevel=4)


def _step_size(
    step_size: float | StepSize | None, warmup: int, target_acceptance: float
) -> StepSize:
    if step_size is None:
        step_size = DualAveraging(target_acceptance)
    if isinstance(step_size, (int, float, np.number)):
        return ConstantStepSize(float(step_size))
    if step_size.adapts and not warmup:
        raise ValueError(
            "a step size is learnt during warm-up, and warmup is 0: "
            "give a number (step_size=0.5) or a warm-up (warmup=500)"
        )
    return step_size


def _generators(
    seed: int | np.random.Generator | None, chains: int
) -> tuple[list[np.random.Generator], int | None]:
    """An independent generator for each chain, and the seed that reproduces them, if known."""
    if isinstance(seed, np.random.Generator):
        return list(seed.spawn(chains)), None
    sequence = np.random.SeedSequence(seed)
    entropy = sequence.entropy
    return [np.random.default_rng(child) for child in sequence.spawn(chains)], (
        entropy if isinstance(entropy, int) else None
    )


def _bar(total: int, label: str, progress: bool) -> Any:
    from tqdm.auto import tqdm  # its import looks for a notebook, so only when needed

    return tqdm(total=total, desc=label, disable=not progress)
