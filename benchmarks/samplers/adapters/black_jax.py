"""BlackJAX: NUTS with window adaptation (one chain tunes, many draw), and ChEES (dynamic HMC)."""

from functools import partial
from typing import Any

import numpy as np
from run import Run, Sampler, first_minus_second, in_blocks, seconds
from targets.languages import jax_language

BLOCK = 200
WARMUP = {"nuts": 1000, "chees": 300}


def prepare(target: Any, chains: int, variant: str) -> tuple[float, Sampler]:
    language = jax_language()
    import blackjax
    import jax

    def log_prob(q: Any) -> Any:
        return target.log_prob(language, q)

    @jax.jit
    def tune_nuts(key: Any, q: Any) -> tuple:
        adaptation = blackjax.window_adaptation(blackjax.nuts, log_prob)
        (state, parameters), _ = adaptation.run(key, q[0], WARMUP[variant])
        spread = jax.vmap(blackjax.nuts(log_prob, **parameters).init)
        return spread(jax.numpy.tile(state.position, (chains, 1))), parameters

    # ChEES's kernel has functions among its parameters, which cannot leave a compiled call.
    functions: dict[str, Any] = {}

    @jax.jit
    def tune_chees(key: Any, q: Any) -> tuple:
        import optax

        adaptation = blackjax.chees_adaptation(
            log_prob, num_chains=chains, mass_matrix_estimation="diagonal"
        )
        (state, parameters), _ = adaptation.run(key, q, 0.1, optax.adam(0.02), WARMUP[variant])
        functions.update({k: v for k, v in parameters.items() if callable(v)})
        return state, {k: v for k, v in parameters.items() if not callable(v)}

    tune, algorithm = (
        (tune_nuts, blackjax.nuts) if variant == "nuts" else (tune_chees, blackjax.dynamic_hmc)
    )

    @jax.jit
    def block(key: Any, state: Any, parameters: Any) -> tuple:
        step = algorithm(log_prob, **parameters, **functions).step

        def one(state: Any, key: Any) -> tuple:
            state, info = jax.vmap(partial(step))(jax.random.split(key, chains), state)
            about = info.num_integration_steps.sum(), info.is_divergent.sum()
            return state, (state.position, *about)

        return jax.lax.scan(one, state, jax.random.split(key, BLOCK))

    def sampler(seed: int, draws: int) -> Run:
        key = jax.random.PRNGKey(seed)
        jitter = np.random.default_rng(seed).uniform(-0.1, 0.1, (chains, target.DIMENSION))
        began = seconds()
        state, parameters = jax.block_until_ready(tune(key, target.START + jitter))
        warm = seconds() - began
        if variant == "nuts":  # the copies of the one tuned chain part: warm-up too
            state, _ = jax.block_until_ready(block(jax.random.fold_in(key, 1), state, parameters))
            warm = seconds() - began

        def more() -> tuple:
            nonlocal key, state
            key, now = jax.random.split(key)
            state, found = block(now, state, parameters)
            return tuple(np.asarray(part) for part in found)

        parts, sampling = in_blocks(more, draws, BLOCK)
        found = np.concatenate([part[0] for part in parts])
        leapfrogs, lost = (int(sum(part[i].sum() for part in parts)) for i in (1, 2))
        return Run(found, warm, sampling, leapfrogs, lost)

    return first_minus_second(lambda: sampler(0, BLOCK)), sampler
