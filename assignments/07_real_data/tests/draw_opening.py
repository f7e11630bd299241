"""Draws the lesson's opening picture, `before_after.png` beside its notebook."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import posterior_grid

ROOT = Path(__file__).parents[3]
TARGET = ROOT / "source" / "07_real_data" / "before_after.png"
INK, TRUTH, FIT = "0.15", "#c8553d", "#2f6690"


def posterior(data):
    """Lines (m, b) of the hill with their weights, and each point's probability to be bad."""
    slopes, heights = np.linspace(1.24, 3.24, 41), np.linspace(335, 495, 49)
    m, b = posterior_grid.lines(slopes, heights)
    weight, _, outliers, _ = posterior_grid.over_the_grid(m, b, (28, 21, 19), data)
    return m, b, np.sum(weight, axis=1), outliers / np.sum(weight)


def main():
    """Both panels: a fit that believes all points, and a mixture that deletes none."""
    table = np.loadtxt(TARGET.with_name("hogg_bovy_lang_2010.csv"), delimiter=",", skiprows=1)
    x, y, sigma = table.T[:3]
    t = np.linspace(35, 300, 60)
    panels = plt.subplots(1, 2, figsize=(8.0, 2.8), dpi=110, sharey=True)[1]
    line, covariance = np.polyfit(x, y, 1, w=1 / sigma, cov="unscaled")
    band = np.sqrt(covariance[0, 0] * t**2 + 2 * covariance[0, 1] * t + covariance[1, 1])
    mean = np.polyval(line, t)
    panels[0].fill_between(t, mean - band, mean + band, color=TRUTH, alpha=0.3)
    panels[0].plot(t, mean, color=TRUTH, label="all twenty: 1.08 ± 0.08")
    panels[0].errorbar(x, y, sigma, fmt="o", color=INK, markersize=3, linewidth=1)
    m, b, weight, outliers = posterior((x, y, sigma))
    weight = weight / np.sum(weight)
    lines = m[:, None] * t + b[:, None]
    mean = weight @ lines
    band = np.sqrt(weight @ (lines - mean) ** 2)
    panels[1].fill_between(t, mean - band, mean + band, color=FIT, alpha=0.3)
    panels[1].plot(t, mean, color=FIT, label="nothing deleted: 2.24 ± 0.12")
    panels[1].errorbar(x, y, sigma, fmt="none", color="0.6", linewidth=1)
    dots = panels[1].scatter(
        x, y, c=outliers, cmap="coolwarm", vmin=0, vmax=1, edgecolor=INK, s=18, zorder=3
    )
    plt.colorbar(dots, label="probability to be bad")
    for panel in panels:
        panel.legend(frameon=False, loc="upper left", fontsize=8)
        panel.spines[["top", "right"]].set_visible(False)
        panel.set(xlabel="x", ylim=(60, 760))
    panels[0].set_ylabel("y")
    plt.tight_layout()
    plt.savefig(TARGET)


if __name__ == "__main__":
    main()
