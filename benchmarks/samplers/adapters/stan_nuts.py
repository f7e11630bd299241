"""Stan's NUTS by PyStan, which brings its own compiler of models and needs g++: 4 chains.

CmdStan and BridgeStan come as sources that are fetched and built, which no package index has.
PyStan hands every draw over as a message, so its time is a little more than Stan's own.
"""

import contextlib
import io
from typing import Any

import numpy as np
from run import Run, Sampler, seconds, split


def prepare(target: Any, chains: int, variant: str) -> tuple[float, Sampler]:
    import stan

    began = seconds()
    with _quiet():
        stan.build(target.STAN, data=target.stan_data(), random_seed=1)
    compiling = seconds() - began

    def sampler(seed: int, draws: int) -> Run:
        with _quiet():
            # a built model keeps its seed: the same model again, from the cache, with another
            again = stan.build(target.STAN, data=target.stan_data(), random_seed=seed + 1)
            began = seconds()
            found = again.sample(
                num_chains=chains, num_samples=draws, num_warmup=1000, save_warmup=True
            )
        total = seconds() - began
        steps = np.asarray(found["n_leapfrog__"]).reshape(-1, chains) + 1
        lost = np.asarray(found["divergent__"]).reshape(-1, chains)[-draws:]
        q = np.concatenate(
            [np.reshape(found[name], (-1, draws + 1000, chains)) for name in target.STAN_PARAMETERS]
        )[:, -draws:]
        warmup, sampling = steps[:-draws].sum(), steps[-draws:].sum()
        return Run(
            np.moveaxis(q, 0, -1), *split(total, warmup, sampling),
            int(sampling - steps[-draws:].size), int(lost.sum()),
        )  # fmt: skip

    return compiling, sampler


@contextlib.contextmanager
def _quiet() -> Any:
    nowhere = io.StringIO()
    with contextlib.redirect_stderr(nowhere), contextlib.redirect_stdout(nowhere):
        yield
