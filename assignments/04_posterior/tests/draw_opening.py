"""Draws the lesson's opening picture, `before_after.png` beside its notebook."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

TARGET = Path(__file__).parents[3] / "source" / "04_posterior" / "before_after.png"
TRUTH, FIT = "#c8553d", "#2f6690"


def main():
    """Both panels: the running mean of a million flashes, and the posterior of forty."""
    angles = np.random.default_rng(5).uniform(-np.pi / 2, np.pi / 2, 1_000_000)
    flashes = 1 + 2 * np.tan(angles)
    count = np.unique(np.logspace(0, 6, 300).astype(int))
    panels = plt.subplots(1, 2, figsize=(8.0, 2.6), dpi=110)[1]
    panels[0].semilogx(
        count, np.cumsum(flashes)[count - 1] / count, color=TRUTH, label="their mean"
    )
    panels[0].axhline(1, color="0.6", linestyle=":", label="the lighthouse")
    panels[0].set(xlabel="flashes", ylabel="miles", ylim=(-10, 12))
    x = 1 + 2 * np.tan(np.random.default_rng(2018).uniform(-np.pi / 2, np.pi / 2, 40))
    alphas, logs = np.linspace(-2, 4, 200), np.linspace(-0.5, 2.5, 150)
    height = np.sum(
        logs[:, None, None] - np.log(np.exp(2 * logs)[:, None, None] + (x - alphas[:, None]) ** 2),
        axis=2,
    )
    posterior = np.exp(height - height.max()).sum(axis=0)
    posterior /= posterior.sum() * (alphas[1] - alphas[0])
    panels[1].fill_between(alphas, posterior, color=FIT, alpha=0.4, label="from 40 flashes")
    panels[1].axvline(1, color="0.6", linestyle=":", label="the lighthouse")
    panels[1].set(xlabel="miles", ylabel="posterior")
    for panel in panels:
        panel.legend(frameon=False)
        panel.spines[["top", "right"]].set_visible(False)
    plt.tight_layout()
    plt.savefig(TARGET)


if __name__ == "__main__":
    main()
