"""`course_lib.inference.sample`; the variant is its method: nuts or hmc."""

import warnings
from typing import Any

import numpy as np
from run import Run, Sampler
from targets.languages import tensorflow_language


def prepare(target: Any, chains: int, variant: str) -> tuple[float, Sampler]:
    from course_lib.inference import sample

    warnings.simplefilter("ignore")  # judged by the same rules as everyone else
    language = tensorflow_language()
    how: dict[str, Any] = {"method": variant, "warmup": 100 if chains >= 64 else 200}

    def sampler(seed: int, draws: int) -> Run:
        found = sample(
            lambda q: target.log_prob(language, q), draws, chains=chains, start=target.START,
            seed=seed, progress=False, **how,
        )  # fmt: skip
        return Run(
            np.asarray(found.draws), found.warmup_seconds, found.sampling_seconds,
            found.evaluations, int(found.divergent.sum()), found.compile_seconds,
        )  # fmt: skip

    return 0.0, sampler
