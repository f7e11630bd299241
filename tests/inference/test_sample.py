"""`sample`: the user's call around the compiled kernel; warm-up, results, errors."""

import os
import signal
import time

import numpy as np
import pytest
import tensorflow as tf

from course_lib.inference import (
    DenseMetric,
    DiagonalMetric,
    IdentityMetric,
    ModelError,
    TFModel,
    effective_sample_size,
    sample,
)
from course_lib.inference.adaptation.mass_matrix import dense_scale, diagonal_scale, width_ratio
from course_lib.inference.adaptation.windows import pooled_windows
from course_lib.inference.compiled.chains import Chains

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*draw longer"
)  # few draws are enough for claims about the machinery

MEAN = np.array([-0.44382099, 0.04069081, -2.18455315])
"""The worksheet's exact posterior means by quadrature (m, b, log s)."""
SD = np.array([0.03456318, 0.01608702, 0.1031331])
"""The exact posterior standard deviations."""
LIMIT = 4.5
"""In Monte Carlo errors: a false alarm of 7e-6 per number over seeds; seeds are fixed."""


def normal(q):
    return -0.5 * tf.reduce_sum(q**2, axis=0)


@pytest.fixture(scope="module")
def worksheet(worksheet_model):
    return sample(worksheet_model, 500, chains=32, seed=3, progress=False)


def test_finds_the_worksheet_s_posterior(worksheet):
    standard = (worksheet.draws - MEAN) / SD
    for i, name in enumerate(worksheet.names):
        for series, exact in ((standard[..., i], 0.0), (standard[..., i] ** 2, 1.0)):
            error = series.std() / np.sqrt(effective_sample_size(series))
            assert abs(series.mean() - exact) < LIMIT * error, name
    assert not worksheet.divergent.any() and worksheet.concerns() == []


def test_gives_the_result_of_the_readable_sampler(worksheet, worksheet_model):
    assert worksheet.draws.shape == (500, 32, 3) and worksheet.draws.dtype == np.float64
    for field in ("log_prob", "acceptance", "divergent", "depth", "leapfrogs", "energy"):
        assert getattr(worksheet, field).shape == (500, 32), field
    assert worksheet.names == ["m", "b", "log_s"] and worksheet.seed == 3
    assert worksheet.evaluations == worksheet.leapfrogs.sum()
    assert worksheet.warmup == 200 and worksheet.warmup_evaluations > 200 * 32
    assert worksheet.compile_seconds > 0 and worksheet.sampling_seconds > 0
    # 0.8 while it adapts, up to 0.9 with the averaged step size (adaptation/dual_averaging.py)
    assert 0.7 < worksheet.acceptance.mean() < 0.92
    # of 1600 pooled draws and more, each sd is good to 1/√3200 = 2 %, and correlations are small
    np.testing.assert_allclose(np.sqrt(worksheet.metric[0].variance), SD, rtol=0.15)
    # 50 terms of size up to 10 in another order
    heights = worksheet_model.value(worksheet.flat)
    np.testing.assert_allclose(worksheet.log_prob.ravel(), heights, rtol=0, atol=1e-12)


def test_draws_depend_on_the_seed_and_not_on_other_chains():
    """Fixed step and metric: chain k is the same whether 4 or 8 run, but for the last bits.

    XLA vectorises other widths differently; ten transitions stretch a rounding by less than 1e4.
    """
    kwargs = {"warmup": 0, "step_size": 0.9, "metric": IdentityMetric(2), "progress": False}
    starts = np.random.default_rng(1).normal(size=(8, 2))
    eight = sample(normal, 10, chains=8, start=starts, seed=1, **kwargs)
    again = sample(normal, 10, chains=8, start=starts, seed=1, **kwargs)
    four = sample(normal, 10, chains=4, start=starts[:4], seed=1, **kwargs)
    np.testing.assert_array_equal(eight.draws, again.draws)
    np.testing.assert_allclose(four.draws, eight.draws[:, :4], rtol=0, atol=1e-11)
    assert len({chain.tobytes() for chain in np.moveaxis(eight.draws, 1, 0)}) == 8


@pytest.mark.slow
def test_a_slow_machine_gives_the_same_draws(monkeypatch, worksheet_model):
    """To the last bit: where compiled calls begin does not depend on the clock."""
    kwargs = {"chains": 8, "warmup": 60, "seed": 2, "progress": False}
    plain = sample(worksheet_model, 300, **kwargs)
    move, calls = Chains._move, []

    def slow(self, *arguments, **how):
        calls.append(1)
        if len(calls) < 5:
            time.sleep(1.5)
        return move(self, *arguments, **how)

    monkeypatch.setattr(Chains, "_move", slow)
    np.testing.assert_array_equal(sample(worksheet_model, 300, **kwargs).draws, plain.draws)


def test_a_dense_metric_learns_the_correlation():
    """Of 0.95 between two parameters; k = 1600 draws for d = 2 pull it by 10/1610."""
    precision = np.linalg.inv([[1.0, 0.95], [0.95, 1.0]])

    def correlated(q):
        return -0.5 * tf.reduce_sum(q * (precision @ q), axis=0)

    result = sample(
        correlated, 200, chains=32, start=[0.0, 0.0], metric="dense", seed=1, progress=False
    )
    (metric,) = set(result.metric)
    assert isinstance(metric, DenseMetric)
    correlation = metric.covariance[0, 1] / np.sqrt(np.prod(np.diag(metric.covariance)))
    # an sd of (1 − ρ²)/√n_eff, n_eff > 100
    assert abs(correlation - 0.95) < 0.95 * 10 / 1610 + 4.5 * 0.0975 / 10


@pytest.mark.slow
def test_other_units_give_the_same_draws_in_other_units():
    """Powers of two change no mantissa: the warm-up, its metric and all draws scale exactly."""
    units = np.array([[2.0**10], [2.0**-12]])
    starts = np.random.default_rng(1).normal(size=(8, 2))
    kwargs = {"chains": 8, "warmup": 60, "seed": 2, "progress": False}
    plain = sample(normal, 20, start=starts, **kwargs)
    scaled = sample(lambda q: normal(q / units), 20, start=starts * units[:, 0], **kwargs)
    np.testing.assert_array_equal(scaled.draws, plain.draws * units[:, 0])
    np.testing.assert_array_equal(scaled.log_prob, plain.log_prob)


def test_divergences_are_recorded_and_explained():
    def cliff(q):  # a normal with a wall: log π falls by 10⁶ beyond q = 2
        return -0.5 * q[0] ** 2 - 1e6 * tf.nn.relu(q[0] - 2.0)

    with pytest.warns(UserWarning, match="trajectories diverged: not an error"):
        result = sample(
            cliff, 100, chains=8, start=[0.0], warmup=0, step_size=0.5,
            metric=IdentityMetric(1), seed=1, progress=False,
        )  # fmt: skip
    assert 0 < result.divergent.sum() < 800
    assert result.draws.max() < 2.0 and np.all(np.isfinite(result.log_prob))


def test_an_interruption_keeps_the_draws_so_far(monkeypatch):
    """A real SIGINT, sent as the fifth compiled call begins."""
    move, calls = Chains._move, []

    def interrupted(self, *arguments, **how):
        calls.append(1)
        if len(calls) == 5:
            os.kill(os.getpid(), signal.SIGINT)
        return move(self, *arguments, **how)

    monkeypatch.setattr(Chains, "_move", interrupted)
    kwargs = {"chains": 8, "start": np.zeros(2), "warmup": 0, "step_size": 0.5, "seed": 1}
    kwargs |= {"metric": IdentityMetric(2), "progress": False}
    with pytest.warns(UserWarning, match=r"interrupted: kept \d+ of 100000 draws"):
        result = sample(normal, 100_000, **kwargs)
    assert 0 < len(result.draws) < 100_000
    assert result.draws.shape == (*result.log_prob.shape, 2)
    monkeypatch.undo()
    whole = sample(normal, len(result.draws), **kwargs)
    np.testing.assert_array_equal(result.draws, whole.draws)


def test_a_dense_scale_of_a_normal_is_its_covariance():
    """Exact with any points whose gradients are known: −Σ⁻¹ q. Power: without them it is 30 % off.

    The correlations' condition is below 100, that of the gradients' covariance below 10⁴: a ridge
    of 1e-12 of its mean is an error below 1e-8.
    """
    rng, d = np.random.default_rng(1), 20
    widths = np.logspace(-1, 1, d)[:, None]
    factor = rng.normal(size=(d, 3 * d)) * widths
    covariance = factor @ factor.T
    q = widths * rng.uniform(1, 4, (d, 50))  # not draws of it at all
    lower = dense_scale(q, -np.linalg.solve(covariance, q))
    np.testing.assert_array_equal(lower, np.tril(lower))
    error = np.abs(lower @ lower.T - covariance) / np.sqrt(np.outer(*[np.diag(covariance)] * 2))
    assert error.max() < 1e-8
    assert np.abs(np.diag(np.cov(q) / covariance) - 1).max() > 0.3
    wide = np.diag([1.0, 1 / 16])
    turn = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2)
    q = rng.normal(size=(2, 50))
    assert (
        abs(width_ratio(q, -turn @ wide @ turn.T @ q) - 4) < 0.1
    )  # scales of 50 points: √(1/100) each, squared


@pytest.mark.parametrize("warmup", [0, 1, 19, 20, 50, 200, 1001])
def test_windows_fill_the_warm_up(warmup):
    assert sum(pooled_windows(warmup)) == warmup and all(
        length > 0 for length in pooled_windows(warmup)
    )


def test_scales_of_a_normal_are_its_widths():
    """Exactly so for the diagonal: the gradient is −q/σ², so sd(q)/sd(g) = σ²."""
    rng, sd = np.random.default_rng(1), np.array([[3.0], [0.1]])
    q = sd * rng.normal(size=(2, 400))
    np.testing.assert_allclose(diagonal_scale(q, -q / sd**2), sd, rtol=1e-14)
    np.testing.assert_array_equal(diagonal_scale(q * 0, q), np.ones((2, 1)))
    # a flat log_prob: nothing to learn, and no error from linear algebra
    np.testing.assert_array_equal(dense_scale(q, 0 * q), np.eye(2))
    assert width_ratio(q, 0 * q) == 1.0


def test_a_branch_and_an_unvectorisable_model_work():
    def folded(m):
        if m > 0:
            return -0.5 * m**2
        return -m * m / 2.0

    result = sample(TFModel(folded, [0.3]), 100, chains=8, warmup=50, seed=1, progress=False)
    assert result.draws.min() < 0 < result.draws.max()


@tf.function
def traced(q):
    return normal(q)


def branching(m):
    if m > 0:
        return -0.5 * m**2
    return -m * m / 2.0


@pytest.mark.parametrize(
    "model", [traced, TFModel(branching, [0.3]), TFModel(tf.function(branching), [0.3])]
)
def test_one_compilation_serves_all_calls(model):
    """Compiling takes a second or more, a call of 20 transitions milliseconds."""
    chains = Chains(model, [0.3], 8, "diagonal", "hmc", 5, 1, 20)
    chains.compile()
    began = time.process_time()
    for _ in range(3):
        chains._move(20)
    assert time.process_time() - began < 0.5


BAD = {
    "a scalar for many columns": (
        {"model": lambda q: -0.5 * tf.reduce_sum(q**2)},
        ModelError,
        r"one number per column, \(4,\).*axis=0",
    ),
    "float32": (
        {"model": lambda q: tf.cast(normal(q), tf.float32)},
        ModelError,
        "must return float64, got float32",
    ),
    "a float32 constant": (
        {"model": lambda q: normal(q) + tf.constant(1.0)},
        ModelError,
        "float32",
    ),
    "no gradient": ({"model": lambda q: tf.zeros([4], tf.float64)}, ModelError, "no gradient"),
    "NumPy": ({"model": lambda q: np.log(q)}, ModelError, "failed on a float64 tensor"),
    "a Python if": (
        {"model": lambda q: normal(q) if q[0, 0] > 0 else -normal(q)},
        ModelError,
        r"tf\.where\(condition",
    ),
    "an unknown method": ({"method": "chees"}, ValueError, r"nuts.*hmc.*got 'chees'"),
    "half a draw": ({"draws": 2.5}, ValueError, "draws must be a whole number"),
    "a gradient that is not finite": (
        {"model": lambda q: normal(q) + tf.sqrt(q[1] - 1.0)},
        ValueError,
        r"gradient for q\[1\] is not finite",
    ),
    "a metric that is no number": ({"metric": None}, ValueError, "metric must be"),
    "NaN at the start": (
        {"model": lambda q: tf.math.log(q[0] - 5) + q[1]},
        ValueError,
        r"nan at the start \(q\[0\] = 1",
    ),
    "a metric of another size": ({"metric": IdentityMetric(5)}, ValueError, "for 5 parameters"),
    "an unknown metric": ({"metric": "round"}, ValueError, '"auto", "diagonal" or "dense"'),
    "no step size": ({"warmup": 0, "step_size": None}, ValueError, "warmup is 0"),
    "a step size of 0": ({"step_size": 0.0}, ValueError, "finite and positive"),
    "no draws": ({"draws": 0}, ValueError, "draws must be a whole number"),
    "a start of another shape": ({"start": np.zeros((3, 2))}, ValueError, r"\[4, d\].*\(3, 2\)"),
    "no start": ({"start": None}, ValueError, "give a start"),
    "no model": ({"model": 3.0}, TypeError, "expected a TFModel"),
    "an acceptance of 1": ({"target_acceptance": 1.0}, ValueError, "between 0 and 1"),
    "a depth of 30": ({"max_depth": 30}, ValueError, "max_depth"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_named(case):
    changed, kind, message = BAD[case]
    arguments = {"model": normal, "start": [1.0, 1.0], "draws": 10, "chains": 4, "warmup": 0}
    arguments |= {"step_size": 0.5, "progress": False}
    with pytest.raises(kind, match=f"(?s){message}"):
        sample(**(arguments | changed))


def test_a_graph_of_2018_is_pointed_to_nuts():
    with tf.Graph().as_default():
        q = tf.Variable(1.0, dtype=tf.float64)
        model = TFModel(-(q**2), [q])
    with pytest.raises(ModelError, match="use nuts"):
        sample(model, 5, start=[1.0], chains=4, progress=False)


def test_an_improper_posterior_is_named():
    with pytest.raises(ValueError, match=r"flat, so the posterior may be improper"):
        sample(
            lambda q: 0.0 * normal(q), 10, start=[1.0], chains=4, warmup=30, max_depth=3, seed=1,
            progress=False,
        )  # fmt: skip


def test_a_metric_that_is_given_is_kept():
    metric = DiagonalMetric([4.0, 0.25])
    result = sample(
        normal, 5, chains=4, start=[0.0, 0.0], metric=metric, warmup=20, seed=1, progress=False
    )
    np.testing.assert_allclose(result.metric[0].variance, metric.variance, rtol=1e-15)
