"""Simulation-based calibration, seen: ranks of the truth among draws, two models, 1024 data sets.

    python benchmarks/calibration.py [--small]

Truths from the prior, data from the truths; one chain of `sample` for each data set, started at its
truth, which is a draw of its posterior exactly. Then the rank of the truth among 63 thinned draws
is uniform (Talts et al. 2018, arXiv:1804.06788). Writes docs/img/sbc_*.png and the p-values in
docs/samplers.md. The third picture shows a prior on log s that is four times too narrow: the test
sees it. The same claims, with their limits, are tests in tests/inference/test_sample_law.py.
"""

from __future__ import annotations

import os
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from pages import PROJECT, rewrite, table
from scipy.stats import binom, chi2

from course_lib.inference import StuckChainError, sample

KEPT, THIN, BINS = 63, 4, 16
Problem = tuple[Callable[[tf.Tensor], tf.Tensor], np.ndarray, list[str]]
"""log_prob of q [d, R]; the truths [R, d]; names."""


def worksheet(replications: int, assumed_sd: float = 0.5) -> Problem:
    """The line with scatter, m and b ~ N(0, 0.5²), log s ~ N(−2, 0.5²)."""
    rng = np.random.default_rng(5)
    truths = rng.normal([0.0, 0.0, -2.0], 0.5, (replications, 3))
    x = np.sort(rng.uniform(-1, 1, 50))[:, None]
    m, b, log_s = truths.T
    y = m * x + b + np.exp(log_s) * rng.standard_normal((50, replications))

    def log_prob(q: tf.Tensor) -> tf.Tensor:
        m, b, log_s = q[0], q[1], q[2]
        misfit = tf.reduce_sum(((y - m * x - b) / tf.exp(log_s)) ** 2, axis=0)
        prior = (m**2 + b**2) / 0.25 + ((log_s + 2.0) / assumed_sd) ** 2
        return -0.5 * (misfit + prior) - 50 * log_s

    return log_prob, truths, ["m", "b", "log s"]


def eight_schools(replications: int) -> Problem:
    """Non-centred, μ ~ N(0, 5), τ ~ half-normal(5)."""
    rng, s = np.random.default_rng(6), np.array([15, 10, 16, 11, 9, 11, 10, 18.0])[:, None]
    mu, tau = rng.normal(0, 5, replications), np.abs(rng.normal(0, 5, replications))
    eta = rng.standard_normal((8, replications))
    y = mu + tau * eta + s * rng.standard_normal((8, replications))

    def log_prob(q: tf.Tensor) -> tf.Tensor:
        mu, log_tau, eta = q[0], q[1], q[2:]
        tau = tf.exp(log_tau)
        misfit = tf.reduce_sum(((y - mu - tau * eta) / s) ** 2 + eta**2, axis=0)
        return -0.5 * (misfit + (mu / 5) ** 2 + (tau / 5) ** 2) + log_tau

    names = ["μ", "log τ", *(f"η{i}" for i in "₁₂₃₄₅₆₇₈")]
    return log_prob, np.stack([mu, np.log(tau), *eta], axis=1), names


def ranks(problem: Problem) -> tuple[np.ndarray, float]:
    """Ranks 0 … KEPT of the truths, [R, d], and the seconds of it."""
    log_prob, truths, _ = problem
    began = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # chains of a thousand data sets do not agree
        try:
            draws = sample(
                log_prob, KEPT * THIN, chains=len(truths), start=truths, warmup=100, seed=1,
                target_acceptance=0.9, metric="diagonal", progress=False,
            ).draws  # fmt: skip
        except StuckChainError as stuck:  # a chain that stays is at its truth: a draw all the same
            draws = stuck.result.draws
    return (draws[THIN - 1 :: THIN] < truths).sum(axis=0), time.perf_counter() - began


def counts(found: np.ndarray) -> np.ndarray:
    """Ranks in BINS equal bins, [d, BINS]."""
    bins = found.T * BINS // (KEPT + 1)
    return np.array([np.bincount(row, minlength=BINS) for row in bins])


def p_values(heights: np.ndarray) -> np.ndarray:
    expected = heights.sum(axis=1, keepdims=True) / BINS
    return np.asarray(chi2(BINS - 1).sf(((heights - expected) ** 2 / expected).sum(axis=1)))


def picture(heights: np.ndarray, names: list[str], file: str) -> None:
    """One histogram a parameter; the band holds 99 % of the bars of a sampler that is right."""
    columns = min(len(names), 5)
    rows = -(-len(names) // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(1.9 * columns, 1.5 * rows), sharey=True, squeeze=False
    )
    low, high = binom(heights[0].sum(), 1 / BINS).interval(0.99)
    for axis, row, name, p in zip(axes.flat, heights, names, p_values(heights), strict=True):
        axis.axhspan(low, high, color="0.9", linewidth=0)
        axis.bar(np.arange(BINS), row, width=0.9, color="#2f6690")
        axis.set_title(f"{name}   p = {p:.1g}", fontsize=9, loc="left")
        axis.set_xticks([])
        axis.spines[["top", "right"]].set_visible(False)
        axis.tick_params(labelsize=8)
    figure.tight_layout()
    figure.savefig(PROJECT / "docs" / "img" / file, dpi=120)
    plt.close(figure)


def main(replications: int, write: bool) -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    problems: dict[str, tuple[str, Any]] = {
        "sbc_worksheet.png": ("worksheet's model", worksheet(replications)),
        "sbc_eight_schools.png": ("eight schools", eight_schools(replications)),
        "sbc_wrong_prior.png": ("worksheet, wrong prior on log s", worksheet(replications, 0.125)),
    }
    rows = []
    for file, (name, problem) in problems.items():
        found, took = ranks(problem)
        heights = counts(found)
        p = p_values(heights)
        worst = problem[2][int(np.argmin(p))]
        least = f"{p.min():.2g}" if p.min() > 1e-300 else "below 1e-300"
        rows.append([name, f"{len(p)}", f"{least} ({worst})", f"{took:.1f}"])
        if write:
            picture(heights, problem[2], file)
    text = table(["model", "parameters", "least p-value", "seconds, compiling included"], rows)
    print(text)
    if write:
        rewrite("samplers.md", "benchmarks/calibration.py", text)


if __name__ == "__main__":
    small = "--small" in sys.argv
    main(128 if small else 1024, not small)
