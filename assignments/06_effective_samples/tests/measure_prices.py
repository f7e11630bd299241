"""Measures what an effective sample costs, and writes the lesson's `price_of_dimensions.csv`.

The target is a unit normal in d dimensions. Every run starts from exact draws, so nothing has to be
forgotten first. The true mean of each parameter is zero. So the square of a run's mean, averaged
over parameters and runs, is 1 / (effective samples): no estimate of τ enters.

    price = evaluations in a run * mean of (mean of a parameter over the run)²

The relative error of a mean of k squares is √(2 / k). Takes some minutes:

    python assignments/06_effective_samples/tests/measure_prices.py
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import emcee
import numpy as np

TARGET = Path(__file__).parents[3] / "source" / "06_effective_samples" / "price_of_dimensions.csv"
# dimensions: (runs, steps of each) of emcee, with 2 d walkers and at least 8; 20 τ or more each.
EMCEE = {
    2: (150, 1000),
    5: (80, 1500),
    10: (50, 3000),
    20: (25, 8000),
    40: (12, 30_000),
    100: (5, 120_000),
}
CHAINS, DRAWS = 64, 400
HEADER = """\
# What one effective sample costs: a unit normal in d dimensions, sampled by emcee 3.1 (2 d walkers,
# at least 8) and by NUTS (64 chains). Evaluations: of the density, or of its gradient.
# Measured from the scatter of the means of runs that start from exact draws, warm-up not counted.
# error: one standard error of the number before it.
dimensions,emcee_evaluations,emcee_error,nuts_gradients,nuts_error
"""


def unit_normal(q):
    """The log density of each row of q ``[k, d]``, up to a constant."""
    return -0.5 * np.sum(q**2, axis=1)


def emcee_price(rng, d, runs, steps):
    """Evaluations for one effective sample, and their standard error."""
    walkers = max(2 * d, 8)
    squares = []
    for _ in range(runs):
        sampler = emcee.EnsembleSampler(walkers, d, unit_normal, vectorize=True)
        sampler.random_state = np.random.RandomState(rng.integers(2**31)).get_state()
        total = np.zeros(d)
        start = rng.standard_normal((walkers, d))
        for state in sampler.sample(start, iterations=steps, store=False):
            total += np.sum(state.coords, axis=0)
        squares.append((total / (walkers * steps)) ** 2)
    price = walkers * steps * float(np.mean(squares))
    return price, price * np.sqrt(2 / np.size(squares))


def nuts_price(d):
    """Gradients for one effective sample, and their standard error."""
    import tensorflow as tf

    from course_lib.inference import TFModel, sample

    model = TFModel(lambda q: -0.5 * tf.reduce_sum(q**2), [np.zeros(d)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        run = sample(model, DRAWS, chains=CHAINS, warmup=300, seed=6, progress=False)
    squares = np.mean(run.draws, axis=0) ** 2
    price = run.evaluations / CHAINS * float(np.mean(squares))
    return price, price * np.sqrt(2 / squares.size)


def main():
    """All rows of the table."""
    rng, rows = np.random.default_rng(6), []
    for d, (runs, steps) in EMCEE.items():
        numbers = (*emcee_price(rng, d, runs, steps), *nuts_price(d))
        rows.append(",".join([str(d), *(str(float(f"{number:.3g}")) for number in numbers)]))
        print(rows[-1], flush=True)
    TARGET.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
