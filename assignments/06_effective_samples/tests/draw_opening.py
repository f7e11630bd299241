"""Draws the lesson's opening picture, `before_after.png` beside its notebook."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

from course_lib.claims.loading import load
from course_lib.inference import TFModel, sample

ROOT = Path(__file__).parents[3]
TARGET = ROOT / "source" / "06_effective_samples" / "before_after.png"
TRUTH, FIT = "#c8553d", "#2f6690"
Y = tf.constant([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0], tf.float64)
SIGMA = tf.constant([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0], tf.float64)


def centred(mu, log_tau, theta):
    """The log density with the effects themselves as parameters."""
    tau = tf.exp(log_tau)
    log_like = -0.5 * tf.reduce_sum(((Y - theta) / SIGMA) ** 2)
    log_prior = -0.5 * (mu / 5) ** 2 - tf.math.log1p((tau / 5) ** 2) + log_tau
    return log_like + log_prior - 0.5 * tf.reduce_sum(((theta - mu) / tau) ** 2) - 8 * log_tau


def free(mu, log_tau, z):
    """The same with effects in units of their own distribution."""
    tau = tf.exp(log_tau)
    theta = mu + tau * z
    log_like = -0.5 * tf.reduce_sum(((Y - theta) / SIGMA) ** 2)
    log_prior = -0.5 * (mu / 5) ** 2 - tf.math.log1p((tau / 5) ** 2) + log_tau
    return log_like + log_prior - 0.5 * tf.reduce_sum(z**2)


def main():
    """Both panels: the same sampler, and what its draws are worth."""
    exercises = load("06_effective_samples", ROOT).exercises
    panels = plt.subplots(1, 2, figsize=(8.0, 2.9), dpi=95)[1]
    for panel, target, label in zip(panels, [centred, free], ["effect θ₁", "z₁"], strict=True):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            start = [0.0, 0.0, np.zeros(8)]
            run = sample(
                TFModel(target, start), 500, chains=64, warmup=300, seed=2018, progress=False
            )
        log_tau, first = run.draws[:, :, 1], run.draws[:, :, 2].ravel()
        worth = log_tau.var() / (log_tau.mean(axis=0).var(ddof=1) / 64)  # by the 64 means' scatter
        r_hat = exercises["split_r_hat"].truth(log_tau)
        lost = run.divergent.ravel()
        x = log_tau.ravel()
        panel.plot(x[::20], first[::20], ".", color=FIT, markersize=1.2)
        panel.plot(x[lost], first[lost], ".", color=TRUTH, markersize=5)
        panel.set_title(
            f"{x.size} draws, worth {worth:.0f}; R-hat {r_hat:.2f}, {lost.sum()} divergent",
            fontsize=9,
        )
        panel.set(xlabel="log τ", ylabel=label, xlim=(-6, 4))
        panel.spines[["top", "right"]].set_visible(False)
        print(worth, r_hat, lost.sum())
    plt.tight_layout()
    plt.savefig(TARGET)


if __name__ == "__main__":
    main()
