"""Draws the lesson's opening picture, `before_after.png` beside its notebook."""

from __future__ import annotations

import time
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

TARGET = Path(__file__).parents[3] / "source" / "01_likelihood" / "before_after.png"
TRUTH, FIT = "#c8553d", "#2f6690"


def six(x, y, raw):
    """The six numbers, from sums about zero or about the means."""
    n, u, v = len(x), np.mean(x), np.mean(y)
    if raw:
        return np.array([n, u, v, x @ x - n * u**2, x @ y - n * u * v, y @ y - n * v**2])
    dx, dy = x - u, y - v
    return np.array([n, u, v, dx @ dx, dx @ dy, dy @ dy])


def from_six(summary, m, b, s):
    """The log likelihood."""
    n, u, v, sxx, sxy, syy = summary
    squares = syy - 2 * m * sxy + m**2 * sxx + n * (v - m * u - b) ** 2
    return -0.5 * squares / s**2 - n * np.log(s) - 0.5 * n * np.log(2 * np.pi)


def seconds(function, calls):
    """The mean time of a call."""
    began = time.perf_counter()
    for _ in range(calls):
        function()
    return (time.perf_counter() - began) / calls


def main():
    """Both panels: the time of a call, and the error far from zero."""
    rng = np.random.default_rng(1)
    x = rng.uniform(-1, 1, 50)
    y = -0.4 * x + 0.03 + 0.1 * rng.normal(size=50)
    sizes, long, short = 10 ** np.arange(2, 7), [], []
    for n in sizes:
        u, v = rng.uniform(size=n), rng.normal(size=n)
        summary = six(u, v, raw=False)
        long.append(seconds(lambda u=u, v=v: np.sum(-0.5 * ((v - u - 0.1) / 0.1) ** 2), 5))
        short.append(seconds(lambda summary=summary: from_six(summary, 1.0, 0.1, 0.1), 200))
    panels = plt.subplots(1, 2, figsize=(8.0, 2.6), dpi=110)[1]
    panels[0].loglog(sizes, 1e6 * np.array(long), "o-", color=TRUTH, label="all points")
    panels[0].loglog(sizes, 1e6 * np.array(short), "o-", color=FIT, label="six numbers")
    panels[0].set(xlabel="points", ylabel="µs for one line")
    offsets = 10.0 ** np.arange(0, 9)
    due = from_six(six(x, y, raw=False), -0.4, 0.03, 0.1)
    for raw, colour, name in ((True, TRUTH, "raw sums"), (False, FIT, "about the means")):
        found = [from_six(six(x, y + far, raw), -0.4, 0.03 + far, 0.1) for far in offsets]
        errors = np.maximum(np.abs(np.array(found) - due), 1e-14)
        panels[1].loglog(offsets, errors, "o-", color=colour, label=name)
    panels[1].set(xlabel="how far the data lie from zero", ylabel="error of log L")
    for panel in panels:
        panel.legend(frameon=False)
        panel.spines[["top", "right"]].set_visible(False)
    plt.tight_layout()
    plt.savefig(TARGET)


if __name__ == "__main__":
    main()
