"""PyMC's own NUTS, and nutpie on the same PyMC model (plain, or its low-rank metric): 4 chains."""

from typing import Any

import numpy as np
from run import Run, Sampler, seconds, split
from targets.languages import pytensor_language


def prepare(target: Any, chains: int, variant: str) -> tuple[float, Sampler]:
    import pymc as pm

    language = pytensor_language()
    with pm.Model() as model:
        q = pm.Flat("q", shape=target.DIMENSION, initval=target.START)
        pm.Potential("log_prob", target.log_prob(language, q))
    return (_pymc if variant == "pymc" else _nutpie)(model, chains, variant)


def _run(found: Any, total: float, compiling: float | None = None) -> Run:
    stats, warm = found.sample_stats, found.warmup_sample_stats
    warmup, sampling = (
        group["n_steps"].values.sum() + group["n_steps"].values.size for group in (warm, stats)
    )  # a draw costs a bit besides its leapfrogs: as one of them
    draws = np.asarray(found.posterior["q"].values).swapaxes(0, 1)
    leapfrogs, lost = int(stats["n_steps"].values.sum()), int(stats["diverging"].values.sum())
    return Run(draws, *split(total, warmup, sampling), leapfrogs, lost, compiling)


def _pymc(model: Any, chains: int, variant: str) -> tuple[float, Sampler]:
    import pymc as pm

    def draw(seed: int, draws: int, tune: int = 1000) -> tuple[Any, float]:
        began = seconds()
        found = pm.sample(
            draws, tune=tune, chains=chains, cores=1, random_seed=seed, progressbar=False,
            quiet=True, compute_convergence_checks=False, discard_tuned_samples=False, model=model,
        )  # fmt: skip
        return found, seconds() - began

    compiling = draw(0, 2, 2)[1]
    again = draw(0, 2, 2)[1]  # what each call of pm.sample does over and over, from its cache

    def sampler(seed: int, draws: int) -> Run:
        found, took = draw(seed, draws)
        return _run(found, max(took - again, 1e-3))

    return compiling, sampler


def _nutpie(model: Any, chains: int, variant: str) -> tuple[float, Sampler]:
    import nutpie

    began = seconds()
    compiled = nutpie.compile_pymc_model(model)
    compiling = seconds() - began

    def sampler(seed: int, draws: int) -> Run:
        began = seconds()
        found = nutpie.sample(
            compiled, draws=draws, chains=chains, cores=1, seed=seed, progress_bar=False,
            low_rank_modified_mass_matrix=variant == "low_rank",
        )  # fmt: skip
        return _run(found, seconds() - began)

    return compiling, sampler
