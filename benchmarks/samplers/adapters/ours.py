"""`course_lib.inference.sample`; the variant is its method: nuts, hmc or elastic."""

import warnings
from typing import Any

from run import Run, Sampler
from targets.languages import tensorflow_language

SLOW_WARMUP = 1000
"""Elastic-step HMC forgets its start in about 200 transitions of the funnel."""
THIN = 8
"""Of its draws every eighth is kept: they are quick, and hundreds of them are worth one."""


def prepare(target: Any, chains: int, variant: str) -> tuple[float, Sampler]:
    from course_lib.inference import StuckChainError, sample

    warnings.simplefilter("ignore")  # judged by the same rules as everyone else
    language = tensorflow_language()
    how: dict[str, Any] = {"method": variant, "warmup": 100 if chains >= 64 else 200}
    if variant == "elastic":
        how["warmup"] = SLOW_WARMUP
    thin = THIN if variant == "elastic" else 1

    def sampler(seed: int, draws: int) -> Run:
        try:
            found = sample(
                lambda q: target.log_prob(language, q), draws * thin, chains=chains,
                start=target.START, seed=seed, progress=False, **how,
            )  # fmt: skip
        except StuckChainError as error:  # judged, and refused, by its draws
            found = error.result
        return Run(
            found.draws[::thin].copy(), found.warmup_seconds, found.sampling_seconds,
            found.evaluations, int(found.divergent.sum() / thin), found.compile_seconds,
        )  # fmt: skip

    return 0.0, sampler
