"""Draws the lesson's opening picture, `before_after.png` beside its notebook."""

from __future__ import annotations

import time
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

TARGET = Path(__file__).parents[3] / "source" / "02_gradients" / "before_after.png"
TRUTH, FIT = "#c8553d", "#2f6690"


def value(design, theta):
    """A logistic regression's log likelihood."""
    return -np.sum(np.logaddexp(0, design @ theta))


def gradient(design, theta):
    """Its gradient, backwards by hand."""
    return -design.T @ (1 / (1 + np.exp(-(design @ theta))))


def seconds(function, *arguments):
    """The shortest of seven calls."""
    times = []
    for _ in range(7):
        began = time.perf_counter()
        function(*arguments)
        times.append(time.perf_counter() - began)
    return min(times)


def main():
    """Both panels: what a gradient costs, and how many digits it has."""
    sizes = [10, 30, 100, 300, 1000]
    ratios = []
    for d in sizes:
        design, theta = np.random.default_rng(d).normal(size=(2000, d)), np.zeros(d)
        ratios.append(seconds(gradient, design, theta) / seconds(value, design, theta))
    panels = plt.subplots(1, 2, figsize=(8.0, 2.6), dpi=110)[1]
    panels[0].loglog(sizes, 2 * np.array(sizes), "o-", color=TRUTH, label="differences")
    panels[0].loglog(sizes, 1 + np.array(ratios), "o-", color=FIT, label="the ledger")
    panels[0].set(xlabel="parameters", ylabel="evaluations for a gradient")
    steps = 10.0 ** np.arange(-16, 0, 0.25)
    found = (np.exp(1 + steps) - np.exp(1 - steps)) / (2 * steps)
    errors = np.maximum(np.abs(found / np.e - 1), 1e-17)
    panels[1].loglog(steps, errors, color=TRUTH, label="differences")
    panels[1].axhline(1e-16, color=FIT, label="the ledger")
    panels[1].set(xlabel="step", ylabel="relative error")
    for panel in panels:
        panel.legend(frameon=False)
        panel.spines[["top", "right"]].set_visible(False)
    plt.tight_layout()
    plt.savefig(TARGET)


if __name__ == "__main__":
    main()
