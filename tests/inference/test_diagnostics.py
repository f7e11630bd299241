"""R-hat, effective sample sizes and Monte Carlo errors are ArviZ's numbers, to rounding."""

import arviz
import matplotlib
import numpy as np
import pytest
from scipy.signal import lfilter

from course_lib.inference import (
    autocorrelation_plot,
    bulk_ess,
    mcse_mean,
    mcse_sd,
    nuts,
    split_r_hat,
    tail_ess,
)
from course_lib.inference.diagnostics.convergence import plain_r_hat
from course_lib.inference.diagnostics.summary import worst_concerns

matplotlib.use("Agg")
RTOL = 1e-10
"""Sums of 4000 terms of order 1 by FFTs of other lengths, then ratios: 1e-11 holds everywhere."""
NUMBERS = {
    split_r_hat: lambda x: arviz.rhat(x, method="rank"),
    bulk_ess: lambda x: arviz.ess(x, method="bulk"),
    tail_ess: lambda x: arviz.ess(x, method="tail"),
    mcse_mean: lambda x: arviz.mcse(x, method="mean"),
    mcse_sd: lambda x: arviz.mcse(x, method="sd"),
}


def ar1(phi, steps, chains, seed):
    noise = np.random.default_rng(seed).standard_normal((steps, chains))
    return lfilter([1.0], [1.0, -phi], noise, axis=0)


CHAINS = {
    "independent": ar1(0.0, 1000, 4, 1),
    "antithetic": ar1(-0.6, 1000, 4, 2),
    "slow": ar1(0.98, 1000, 4, 3),
    "odd length": ar1(0.5, 777, 3, 4),
    "many short": ar1(0.5, 20, 64, 5),
    "heavy tails": np.random.default_rng(6).standard_cauchy((500, 4)),
    "disagreeing": ar1(0.3, 300, 4, 7) + 0.5 * np.arange(4),
    "other widths": ar1(0.3, 300, 4, 8) * np.array([1, 1, 1, 4.0]),
    "with ties": np.round(ar1(0.7, 500, 4, 9), 1),
}


@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("ours", NUMBERS, ids=lambda f: f.__name__)
def test_is_arviz_s_number(ours, name):
    x = CHAINS[name]
    np.testing.assert_allclose(ours(x), NUMBERS[ours](x.T), rtol=RTOL)


def test_r_hat_detects_chains_that_differ_only_in_width():
    """Chains with the same mean: plain R-hat is 1, that of distances from the median is not."""
    x = CHAINS["other widths"]
    # four sds of R-hat − 1 for n = 150: about 1/150
    assert plain_r_hat(x[:, :, None])[0] < 1.03 and split_r_hat(x) > 1.05


def test_monotone_changes_of_a_parameter_change_nothing():
    x = CHAINS["independent"]
    assert split_r_hat(np.exp(x)) == split_r_hat(x) or abs(split_r_hat(np.exp(x)) - 1) < 0.01
    assert bulk_ess(np.exp(x)) == bulk_ess(x) and tail_ess(np.exp(x)) == tail_ess(x)


def test_the_worst_of_many_parameters_is_found():
    draws = np.random.default_rng(1).normal(size=(400, 4, 200))
    assert worst_concerns(draws, [f"q[{i}]" for i in range(200)]) == []
    draws[:, 2, 117] += 1.0
    (concern,) = worst_concerns(draws, [f"q[{i}]" for i in range(200)])[:1]
    assert concern.startswith("R-hat of q[117] is 1.")


def test_the_autocorrelation_s_picture_shows_its_window():
    axes = autocorrelation_plot(ar1(0.9, 20000, 1, 3)[:, 0], label="AR(1)")
    texts = [t.get_text() for t in axes.get_legend().get_texts()]
    assert texts[0] == "AR(1)" and texts[1].startswith("window: ")
    tau = float(texts[1].split("= ")[1])
    # Sokal: relative sd √(2(2M+1)/N) with M = 95
    assert abs(tau - 19) < 19 * 4.5 * np.sqrt(2 * 191 / 20000)
    np.testing.assert_allclose(axes.lines[0].get_ydata()[1], 0.9, atol=4.5 * 0.44 / 141)


def test_the_corner_shows_truths_and_divergences():
    def cliff(q):
        wall = 1e6 * max(0.0, float(q[0]) - 2.0)
        return -0.5 * float(q @ q) - wall, -q - 1e6 * np.array([q[0] > 2.0, False])

    with pytest.warns(UserWarning, match="diverged"):
        result = nuts(cliff, [0.0, 0.0], 200, warmup=0, step_size=0.5, seed=1, progress=False)
    figure = result.corner(truths=[0.1, 0.2])
    joint = figure.axes[2]
    points = [line for line in joint.lines if line.get_color() == "#cc0000"]
    assert len(points) == 1 and len(points[0].get_xdata()) == result.divergent.sum() > 0
    assert [ax.get_xlabel() for ax in figure.axes[2:]] == ["q[0]", "q[1]"]
    assert any(np.all(np.asarray(line.get_xdata()) == 0.1) for line in joint.lines)
