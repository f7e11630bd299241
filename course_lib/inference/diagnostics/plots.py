"""Plots of draws: a corner plot with divergent trajectories, and an autocorrelation plot.

    >>> figure = corner_plot(flatchain, ["m", "b", "log_s"], truths=[0.0, 0.0, 0.0])
    >>> axes = autocorrelation_plot(flatchain[:, 0])

matplotlib and corner are imported when a plot is drawn, not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.inference.diagnostics.autocorrelation import autocorrelation, integrated_time

Floats = NDArray[np.float64]
TRUTH, DRAWS, LOST = "#d55e00", "#0072b2", "#cc0000"
"""Colours that colour-blind readers can tell apart (Okabe & Ito 2008), and red."""


def corner_plot(
    draws: ArrayLike,
    names: Sequence[str],
    truths: ArrayLike | None = None,
    divergent: ArrayLike | None = None,
    **options: Any,
) -> Any:
    """Contours of draws [n, d] for all pairs of parameters.

    Parameters
    ----------
    truths : array [d], optional
        Drawn as lines.
    divergent : array [n] of bool, optional
        Draws whose trajectory diverged, shown as red points.
    **options
        As in `corner.corner` (range, bins, fig, …).

    Returns
    -------
    matplotlib.figure.Figure
    """
    import corner

    draws = np.asarray(draws, np.float64)
    defaults = {"labels": list(names), "truths": truths, "truth_color": TRUTH, "color": DRAWS}
    figure = corner.corner(draws, **(defaults | options))
    if divergent is not None and np.any(divergent):
        corner.overplot_points(figure, draws[np.asarray(divergent)], color=LOST, ms=4)
    return figure


def autocorrelation_plot(
    chain: ArrayLike, axes: Any = None, label: str | None = None, c: float = 5.0
) -> Any:
    """The autocorrelation of a chain [steps] or [steps, walkers], and Sokal's window.

    The grey band is the noise expected beyond the window, ±1/√(draws/τ).

    Returns
    -------
    matplotlib.axes.Axes
    """
    import matplotlib.pyplot as plt

    x = np.asarray(chain, np.float64)
    x = x.reshape(len(x), -1)
    rho = autocorrelation(x).mean(axis=1)
    tau = float(integrated_time(x, c=c, warn=False))
    window = min(max(int(np.ceil(c * tau)), 1), len(rho) - 1)
    shown = min(3 * window + 1, len(rho))
    axes = axes or plt.subplots(figsize=(6, 3))[1]
    noise = np.sqrt(max(tau, 1.0) / x.size)
    axes.axhspan(-noise, noise, color="0.9")
    axes.plot(rho[:shown], color=DRAWS, label=label)
    axes.axvline(window, color=TRUTH, ls="--", label=f"window: {window}, τ = {tau:.1f}")
    axes.set(xlabel="lag (steps)", ylabel="autocorrelation", xlim=(0, shown - 1))
    axes.legend(frameon=False)
    return axes
