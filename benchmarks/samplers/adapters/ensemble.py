"""emcee, its walkers asked for half at a time, in NumPy."""

from typing import Any

import emcee
import numpy as np
from run import Run, Sampler, seconds
from targets.languages import numpy_language

WARMUP = 1000


def prepare(target: Any, chains: int, variant: str) -> tuple[float, Sampler]:
    language = numpy_language()

    def sampler(seed: int, draws: int) -> Run:
        rng = np.random.RandomState(seed)
        start = target.START + 0.01 * rng.standard_normal((chains, target.DIMENSION))
        ensemble = emcee.EnsembleSampler(
            chains, target.DIMENSION, lambda q: target.log_prob(language, q.T), vectorize=True
        )
        ensemble.random_state = rng.get_state()
        began = seconds()
        spread = ensemble.run_mcmc(start, WARMUP)
        ensemble.reset()
        warm = seconds()
        ensemble.run_mcmc(spread, draws)
        return Run(ensemble.get_chain(), warm - began, seconds() - warm, draws * chains)

    return 0.0, sampler
