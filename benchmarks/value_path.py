"""What one call of value and gradient costs, NumPy in and out, on the way to a TFModel.

    python benchmarks/value_path.py [--small]

The worksheet's posterior (fifty points, three parameters), at one point and at 32 at once, as emcee
asks. Each row is timed in turns with the others; medians of CPU microseconds. Writes the table of
docs/samplers.md.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}

import numpy as np
import tensorflow as tf
from pages import rewrite, table

from course_lib.inference import TFModel

T = tf.float64
START = np.array([-0.4, 0.03, np.log(0.1)])
RANDOM = np.random.RandomState(123)
X = np.sort(RANDOM.uniform(-1, 1, 50))
Y = START[0] * X + START[1] + 0.1 * RANDOM.randn(50)
MANY = START + 0.01 * RANDOM.randn(32, 3)
BLOCK = 20
"""Calls between two readings of the clock."""


def log_prob(m: Any, b: Any, log_s: Any) -> Any:
    misfit = tf.reduce_sum(((Y - m * X - b) / tf.exp(log_s)) ** 2)
    return -0.5 * misfit - 50 * log_s - 1.5 * tf.math.log1p(m**2)


def one(theta: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """As one writes it: value and gradient at theta [3]."""
    with tf.GradientTape() as tape:
        tape.watch(theta)
        value = log_prob(theta[0], theta[1], theta[2])
    return value, tape.gradient(value, theta)


def many(thetas: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """The same for [k, 3]; each value depends on its own row only, so their sum will do."""
    with tf.GradientTape() as tape:
        tape.watch(thetas)
        m, b, log_s = thetas[:, 0:1], thetas[:, 1:2], thetas[:, 2:3]
        misfit = tf.reduce_sum(((Y - m * X - b) / tf.exp(log_s)) ** 2, axis=1)
        value = -0.5 * misfit - 50 * log_s[:, 0] - 1.5 * tf.math.log1p(m[:, 0] ** 2)
    return value, tape.gradient(value, thetas)


def by_hand(theta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """NumPy and a derivative from paper, theta [3] or [k, 3]."""
    m, b, log_s = theta.T[..., None]
    inverse = np.exp(-log_s)
    z = (Y - m * X - b) * inverse
    square = (z * z).sum(axis=-1)
    m = theta.T[0]
    value = -0.5 * square - 50 * theta.T[2] - 1.5 * np.log1p(m * m)
    scaled = z * inverse
    by_m = scaled @ X - 3 * m / (1 + m * m)
    return value, np.stack([by_m, scaled.sum(axis=-1), square - 50], axis=-1)


def pairs(function: Callable) -> Callable[[np.ndarray], tuple]:
    """NumPy in, TensorFlow, NumPy out."""

    def call(theta: np.ndarray) -> tuple:
        value, gradient = function(tf.constant(theta))
        return value.numpy(), gradient.numpy()

    return call


def ways(at: np.ndarray) -> dict[str, Callable[[np.ndarray], tuple]]:
    function = one if at.ndim == 1 else many
    signature = [tf.TensorSpec(at.shape, T)]
    graph = tf.function(function, input_signature=signature)
    compiled = tf.function(function, input_signature=signature, jit_compile=True)
    model = TFModel(log_prob, list(START))
    jitted = TFModel(log_prob, list(START), jit_compile=True)
    return {
        "eager, with a tape": pairs(function),
        "`tf.function` with a signature": pairs(graph),
        "the same, `jit_compile=True`": pairs(compiled),
        "its concrete function": pairs(graph.get_concrete_function()),
        "the concrete function, compiled": pairs(compiled.get_concrete_function()),
        "`TFModel.value_and_gradient`": model.value_and_gradient,
        "`TFModel(…, jit_compile=True)`": jitted.value_and_gradient,
        "NumPy, derivative by hand": by_hand,
    }


def measured(at: np.ndarray, rounds: int) -> dict[str, float]:
    """Median CPU microseconds a call; all ways must agree."""
    truth = by_hand(at)
    candidates = ways(at)
    for name, call in candidates.items():
        # Sums of 50 terms in another order: 50 · eps = 1e-14 of their size, far below 1e-9.
        for got, expected in zip(call(at), truth, strict=True):
            assert np.allclose(got, expected, rtol=1e-9, atol=1e-9), name
    times: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, call in candidates.items():
            began = time.process_time()
            for _ in range(BLOCK):
                call(at)
            times[name].append((time.process_time() - began) / BLOCK * 1e6)
    return {name: statistics.median(found) for name, found in times.items()}


def main(rounds: int, write: bool) -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    single, batch = measured(START, rounds), measured(MANY, rounds)
    rows = [[name, f"{single[name]:.0f}", f"{batch[name]:.0f}"] for name in single]
    text = table(["microseconds a call", "one point", "32 points"], rows)
    print(text)
    if write:
        rewrite("samplers.md", "benchmarks/value_path.py", text)


if __name__ == "__main__":
    small = "--small" in sys.argv
    main(5 if small else 40, not small)
