"""TensorFlow Probability's NUTS, many chains, dual averaging, a diagonal metric, compiled."""

from typing import Any

import numpy as np
from run import Run, Sampler, first_minus_second, in_blocks, seconds
from targets.languages import tensorflow_language

BLOCK, WARMUP = 200, 300


def prepare(target: Any, chains: int, variant: str) -> tuple[float, Sampler]:
    language = tensorflow_language()
    import tensorflow as tf
    import tensorflow_probability as tfp

    def log_prob(q: Any) -> Any:
        return target.log_prob(language, tf.transpose(q))

    def trace(_: Any, results: Any) -> tuple:
        return results.leapfrogs_taken, results.has_divergence

    @tf.function(jit_compile=True)
    def tune(q: Any, seed: Any) -> tuple:
        """Two windows: draws with a first step size give a spread, which gives the metric."""
        step = tf.fill([target.DIMENSION], tf.constant(0.1, tf.float64))
        for part in range(2):
            kernel = tfp.mcmc.DualAveragingStepSizeAdaptation(
                nuts(step), WARMUP * 2 // 5, target_accept_prob=tf.constant(0.8, tf.float64),
                step_size_setter_fn=lambda pkr, new: pkr._replace(step_size=new),
                step_size_getter_fn=lambda pkr: pkr.step_size,
                log_accept_prob_getter_fn=lambda pkr: pkr.log_accept_ratio,
            )  # fmt: skip
            found, steps = tfp.mcmc.sample_chain(
                WARMUP // 2, q, kernel=kernel, seed=seed + part,
                trace_fn=lambda _, pkr: pkr.new_step_size,
            )  # fmt: skip
            q, step = found[-1], steps[-1]
            if not part:
                step = tf.math.reduce_std(found[WARMUP // 4 :], axis=[0, 1])
        return q, step

    def nuts(step: Any) -> Any:
        return tfp.mcmc.NoUTurnSampler(log_prob, step_size=step)

    @tf.function(jit_compile=True)
    def block(q: Any, step: Any, seed: Any) -> tuple:
        found, about = tfp.mcmc.sample_chain(BLOCK, q, kernel=nuts(step), seed=seed, trace_fn=trace)
        return found, tf.reduce_sum(about[0]), tf.reduce_sum(tf.cast(about[1], tf.int32))

    def sampler(seed: int, draws: int) -> Run:
        jitter = np.random.default_rng(seed).uniform(-0.1, 0.1, (chains, target.DIMENSION))
        began = seconds()
        q, step = tune(tf.constant(target.START + jitter), tf.constant([seed, 0]))
        warm = seconds() - began
        count = 0

        def more() -> tuple:
            nonlocal q, count
            count += 1
            found = block(q, step, tf.constant([seed, 10 + count]))
            q = found[0][-1]
            return tuple(part.numpy() for part in found)

        parts, sampling = in_blocks(more, draws, BLOCK)
        found = np.concatenate([part[0] for part in parts])
        leapfrogs, lost = (int(sum(part[i] for part in parts)) for i in (1, 2))
        return Run(found, warm, sampling, leapfrogs, lost)

    return first_minus_second(lambda: sampler(0, BLOCK)), sampler
