"""NumPyro's NUTS: one chain, or many in step as its `chain_method="vectorized"` runs them.

`MCMC.run` traces anew at each call; here its kernel is scanned in a function compiled once.
"""

from typing import Any

import numpy as np
from run import Run, Sampler, first_minus_second, in_blocks, seconds
from targets.languages import jax_language

BLOCK = 200


def prepare(target: Any, chains: int, variant: str) -> tuple[float, Sampler]:
    language = jax_language()
    import jax
    from numpyro.infer import NUTS

    kernel = NUTS(potential_fn=lambda q: -target.log_prob(language, q))
    warmup = 1000 if chains == 1 else 300
    shape = (target.DIMENSION,) if chains == 1 else (chains, target.DIMENSION)

    def begin(seed: int) -> Any:
        jitter = np.random.default_rng(seed).uniform(-0.1, 0.1, shape)
        key = jax.random.PRNGKey(seed)
        key = key if chains == 1 else jax.random.split(key, chains)
        return kernel.init(key, warmup, jax.numpy.asarray(target.START + jitter), (), {})

    def one(state: Any, _: Any) -> tuple:
        state = kernel.sample(state, (), {})
        return state, (state.z, state.num_steps.sum(), state.diverging.sum())

    tune = jax.jit(lambda state: jax.lax.scan(one, state, None, warmup)[0])
    block = jax.jit(lambda state: jax.lax.scan(one, state, None, BLOCK))

    def sampler(seed: int, draws: int) -> Run:
        began = seconds()
        state = jax.block_until_ready(tune(begin(seed)))
        warm = seconds() - began

        def more() -> tuple:
            nonlocal state
            state, found = block(state)
            return tuple(np.asarray(part) for part in found)

        parts, sampling = in_blocks(more, draws, BLOCK)
        found = np.concatenate([part[0] for part in parts]).reshape(-1, chains, target.DIMENSION)
        leapfrogs, lost = (int(sum(part[i].sum() for part in parts)) for i in (1, 2))
        return Run(found, warm, sampling, leapfrogs, lost)

    return first_minus_second(lambda: sampler(0, BLOCK)), sampler
