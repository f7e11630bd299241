"""NUTS: claims that do not depend on chance.

The moments of its draws are in test_moments.py.
"""

import math
import os
import signal

import numpy as np
import pytest

from course_lib.inference import (
    DenseMetric,
    DiagonalMetric,
    DualAveraging,
    IdentityMetric,
    PhasePoint,
    TFModel,
    hmc,
    nuts,
)
from course_lib.inference.readable.nuts import nuts_step
from course_lib.inference.readable.run_chains import run_chains
from course_lib.inference.readable.trajectory import Trajectory, Tree, log_add

SCALES = np.array([4.0, 1.0, 0.25])
METRIC = DiagonalMetric(SCALES**2)


def correlated(q):
    """A skew, correlated target in three dimensions."""
    z = q / SCALES
    bend = z[1] - 0.3 * z[0] ** 2
    value = -0.5 * (z[0] ** 2 + bend**2 + z[2] ** 2)
    gradient = np.array([-z[0] + 0.6 * z[0] * bend, -bend, -z[2]]) / SCALES
    return float(value), gradient


def historic_step(value_and_gradient, metric, point, step_size, rng):
    """The mistake of 2018: it returns the log probability of the point that it left."""
    transition = nuts_step(value_and_gradient, metric, point, step_size, rng)
    left, _ = value_and_gradient(point.position)
    return transition._replace(point=transition.point._replace(log_prob=left))


def stored_log_prob_is_that_of_the_draw(result, function):
    """To the last bit, because it was computed at that point."""
    return all(
        stored == function(draw)[0]
        for draw, stored in zip(result.flat, result.log_prob.ravel(), strict=True)
    )


@pytest.mark.parametrize("sampler", [nuts, hmc])
def test_stored_log_prob_is_that_of_the_draw(sampler):
    result = sampler(
        correlated, np.ones(3), 200, step_size=0.5, metric=METRIC, warmup=0, seed=1, chains=2,
        progress=False,
    )  # fmt: skip
    assert stored_log_prob_is_that_of_the_draw(result, correlated)


def test_the_mistake_of_2018_is_caught_within_ten_draws():
    result = run_chains(
        historic_step, correlated, np.ones(3), 10, 0, 0.5, METRIC, 1, 1, False, "2018"
    )
    assert not stored_log_prob_is_that_of_the_draw(result, correlated)


def test_stored_log_prob_is_the_model_s(worksheet_model):
    """A compiled function called again at the same point gives the same bits."""
    result = nuts(worksheet_model, draws=50, warmup=0, step_size=0.01, seed=1, progress=False)
    for draw, stored in zip(result.flat, result.log_prob.ravel(), strict=True):
        assert stored == worksheet_model.value_and_gradient(draw)[0]


@pytest.mark.parametrize("sampler", [nuts, hmc])
@pytest.mark.parametrize("shape", ["diagonal", "dense"])
def test_other_units_give_the_same_draws_in_other_units(sampler, shape):
    """Powers of two change no mantissa, so the two runs agree to the last bit."""
    units = np.array([2.0**10, 2.0**-20, 2.0**3])
    covariance = np.diag(SCALES**2) + 0.1

    def in_units(q):
        value, gradient = correlated(q / units)
        return value, gradient / units

    def metric(factor):
        if shape == "diagonal":
            return DiagonalMetric(np.diag(covariance) * factor**2)
        return DenseMetric(covariance * np.outer(factor, factor))

    def draw(target, factor):
        return sampler(
            target, factor * 1.0, 100, warmup=50, metric=metric(factor), seed=2, progress=False
        )

    plain, scaled = draw(correlated, np.ones(3)), draw(in_units, units)
    np.testing.assert_array_equal(scaled.draws, plain.draws * units)
    np.testing.assert_array_equal(scaled.log_prob, plain.log_prob)
    np.testing.assert_array_equal(scaled.leapfrogs, plain.leapfrogs)
    assert np.unique(plain.flat[:, 0]).size > 50  # it did move


def test_the_seed_decides_and_is_kept():
    kwargs = {"draws": 60, "warmup": 30, "metric": METRIC, "chains": 2, "progress": False}
    first = nuts(correlated, np.ones(3), seed=7, **kwargs)
    again = nuts(correlated, np.ones(3), seed=7, **kwargs)
    other = nuts(correlated, np.ones(3), seed=8, **kwargs)
    np.testing.assert_array_equal(first.draws, again.draws)
    assert not np.array_equal(first.draws, other.draws)
    assert first.seed == 7

    unseeded = nuts(correlated, np.ones(3), **kwargs)
    repeated = nuts(correlated, np.ones(3), seed=unseeded.seed, **kwargs)
    np.testing.assert_array_equal(unseeded.draws, repeated.draws)


def test_a_generator_gives_new_draws_each_time():
    rng = np.random.default_rng(7)
    runs = [
        nuts(
            correlated,
            np.ones(3),
            20,
            warmup=0,
            step_size=0.2,
            metric=METRIC,
            seed=rng,
            progress=False,
        )
        for _ in range(2)
    ]
    assert not np.array_equal(runs[0].draws, runs[1].draws)
    assert runs[0].seed is None


def test_a_chain_does_not_depend_on_how_many_run_beside_it():
    kwargs = {"draws": 50, "warmup": 50, "seed": 3, "progress": False}
    one = nuts(correlated, np.ones(3), **kwargs)
    four = nuts(correlated, np.ones(3), chains=4, **kwargs)
    np.testing.assert_array_equal(one.draws[:, 0], four.draws[:, 0])
    assert len({chain.tobytes() for chain in np.moveaxis(four.draws, 1, 0)}) == 4


def test_counts_every_gradient():
    calls = []

    def counted(q):
        calls.append(1)
        return correlated(q)

    result = nuts(counted, np.ones(3), 100, warmup=50, seed=1, chains=2, progress=False)
    assert len(calls) == result.warmup_evaluations + result.evaluations
    assert result.evaluations == result.leapfrogs.sum()
    full = 2**result.depth - 1  # completed doublings; a refused one adds what it cost
    assert np.all((result.leapfrogs >= full) & (result.leapfrogs <= 2 * full + 1))


def test_a_model_s_own_count_agrees(log_prob):
    model = TFModel(log_prob, [-0.4, 0.03, -2.3])
    result = nuts(model, draws=20, warmup=0, step_size=0.01, seed=1, progress=False)
    assert model.evaluations == result.evaluations + 1  # and one at the start


def phase(momentum):
    momentum = np.atleast_1d(np.asarray(momentum, float))
    return PhasePoint(np.zeros_like(momentum), momentum, 0.0, np.zeros_like(momentum))


def tree(*momenta):
    points = [phase(p) for p in momenta]
    total = np.sum([p.momentum for p in points], axis=0)
    return Tree(points[0], points[-1], total, points[0], 0.0)


@pytest.mark.parametrize(
    ("early", "late", "turning"),
    [
        ([1, 1], [1, 1], False),
        ([1, 0.5], [-0.5, -1.5], True),  # the last point moves back
        ([-1, 2], [2, 2], True),  # the first point moved against the way
        ([1, 1], [-1, 1.5], True),  # each half and the whole go on; the seam turns back
        ([1.5, -1], [1, 1], True),  # the same, backwards in time
        ([1, -1.5, 2], [2, 1], False),  # a wiggle inside is the sub-trees' affair
        ([(1, 0), (0.8, 0.6)], [(0, 1), (-0.6, 0.8)], False),  # 127° of a circle
        ([(1, 0), (0, 1)], [(-1, 0), (0, -1)], True),  # 270°
    ],
)
@pytest.mark.parametrize("direction", [1, -1])
def test_u_turn_cases(early, late, turning, direction):
    dimension = np.size(early[0])
    trajectory = Trajectory(correlated, IdentityMetric(dimension), 0.1, None, 0.0)
    early, late = tree(*early), tree(*late)
    near, far = (early, late) if direction > 0 else (late, early)
    joined, found = trajectory.join(near, far, direction, near.proposal)
    assert found is turning
    assert joined.first is early.first and joined.last is late.last
    np.testing.assert_allclose(
        joined.momentum_sum, early.momentum_sum + late.momentum_sum, rtol=0, atol=0
    )
    assert joined.log_weight == math.log(2)


def test_a_tree_is_the_trajectory_that_leapfrog_steps_make():
    """Grown backwards, 2³ points end where eight steps of −ε end; the sum of momenta is theirs."""
    from course_lib.inference import leapfrog

    metric = DiagonalMetric(SCALES**2)
    begin = PhasePoint(np.ones(3), 0.5 / SCALES, *correlated(np.ones(3)))
    rng = np.random.default_rng(1)
    grown = Trajectory(correlated, metric, 0.05, rng, 0.0).grow(begin, -1, 3)
    points = [begin]
    for _ in range(8):
        points.append(leapfrog(correlated, metric, points[-1], -0.05))
    np.testing.assert_array_equal(grown.first.position, points[-1].position)
    np.testing.assert_array_equal(grown.last.position, points[1].position)
    # a sum of 8 numbers below 5, in another order
    total = np.sum([p.momentum for p in points[1:]], axis=0)
    np.testing.assert_allclose(grown.momentum_sum, total, atol=8 * 8 * 5 * 2.2e-16)
    assert any(np.array_equal(grown.proposal.position, p.position) for p in points[1:])


def test_log_add_is_exact_and_does_not_overflow():
    # two roundings and the error of log1p and exp: a few eps of the larger number
    assert math.isclose(log_add(0.0, math.log(2)), math.log(3), rel_tol=1e-15)
    assert log_add(1e4, -1e4) == log_add(-1e4, 1e4) == 1e4


def test_max_depth_bounds_the_cost():
    result = nuts(
        correlated, np.ones(3), 20, warmup=0, step_size=1e-3, max_depth=3, seed=1, progress=False
    )
    assert np.all(result.depth == 3) and np.all(result.leapfrogs == 7)


def test_divergences_are_recorded_and_explained():
    def cliff(q):  # a normal with a wall: log π falls by 10⁶ beyond q = 2
        wall = 1e6 * max(0.0, float(q[0]) - 2.0)
        return -0.5 * float(q @ q) - wall, -q - 1e6 * (q > 2.0)

    with pytest.warns(UserWarning, match=r"\d+ of 300 trajectories diverged: not an error"):
        result = nuts(cliff, [0.0], 300, warmup=0, step_size=0.5, seed=1, progress=False)
    # a draw in sixty lies within reach of the wall at each end of its trajectory
    assert 0 < result.divergent.sum() < 300
    assert result.draws.max() < 2.0 and np.all(np.isfinite(result.log_prob))


@pytest.mark.parametrize("sampler", [nuts, hmc])
def test_a_nan_in_a_trajectory_is_a_divergence_and_not_a_draw(sampler):
    def half_line(q):
        with np.errstate(invalid="ignore"):
            return float(np.log(q[0]) - q[0]), 1 / q - 1

    with pytest.warns(UserWarning, match="diverged"):
        result = sampler(half_line, [1.0], 300, warmup=0, step_size=0.9, seed=1, progress=False)
    assert np.all(result.draws > 0) and np.all(np.isfinite(result.log_prob))
    assert result.divergent.any()


def test_a_chain_that_never_moves_is_named():
    with pytest.warns(UserWarning, match="chain 0 never moved in 10 draws: the step size 1e"):
        nuts(correlated, np.ones(3), 10, warmup=0, step_size=1e4, seed=1, progress=False)


def test_an_interruption_keeps_the_draws_so_far():
    calls = []

    def interrupted(q):
        calls.append(1)
        if len(calls) == 500:
            os.kill(os.getpid(), signal.SIGINT)
        return correlated(q)

    kwargs = {"warmup": 0, "step_size": 0.2, "metric": METRIC, "chains": 2, "seed": 1}
    with pytest.warns(UserWarning, match=r"interrupted: kept \d+ of 1000 draws"):
        result = nuts(interrupted, np.ones(3), 1000, **kwargs, progress=False)
    assert 10 < len(result.draws) < 1000
    assert result.draws.shape == (*result.log_prob.shape, 3)
    whole = nuts(correlated, np.ones(3), len(result.draws), **kwargs, progress=False)
    np.testing.assert_array_equal(result.draws, whole.draws)


@pytest.mark.parametrize("evaluation", [1, 2, 30])
def test_an_interruption_before_the_first_draw_is_passed_on(evaluation):
    """At the start, within the first draw, within the warm-up: there is nothing to keep."""
    calls = []

    def interrupted(q):
        calls.append(1)
        if len(calls) == evaluation:
            raise KeyboardInterrupt
        return correlated(q)

    warmup = 0 if evaluation == 2 else 50
    with pytest.raises(KeyboardInterrupt):
        nuts(interrupted, np.ones(3), 10, warmup=warmup, step_size=0.1, seed=1, progress=False)
    assert len(calls) == evaluation


BAD = {
    "NaN at the start": (
        {"model": lambda q: (np.nan, q)},
        r"log_prob is nan at the start \(q\[0\]",
    ),
    "-inf at the start": ({"model": lambda q: (-np.inf, q)}, "log_prob is -inf at the start"),
    "NaN in the gradient": (
        {"model": lambda q: (0.0, q * [1.0, np.nan])},
        r"gradient for q\[1\] is not finite",
    ),
    "gradient of another shape": ({"model": lambda q: (0.0, q[:1])}, r"shape .*\(2,\).*\(1,\)"),
    "no gradient": ({"model": lambda q: 0.0}, "must return .log_prob, gradient."),
    "no start": ({"start": None}, "give a start"),
    "start of another shape": ({"start": np.zeros((3, 2)), "chains": 2}, r"\[2, d\].*\(3, 2\)"),
    "metric of another size": ({"metric": IdentityMetric(5)}, "for 5 parameters.*has 2"),
    "unknown metric": ({"metric": "round"}, 'must be a Metric, "diagonal" or "dense"'),
    "no step size": ({"warmup": 0, "step_size": None}, "warmup is 0: give a number"),
    "step size 0": ({"step_size": 0.0}, "finite and positive"),
    "no draws": ({"draws": 0}, "draws must be a whole number of 1 or more"),
    "half a chain": ({"chains": 1.5}, "chains must be a whole number"),
    "negative warm-up": ({"warmup": -1}, "warmup must be a whole number of 0"),
    "depth 0": ({"max_depth": 0}, "max_depth"),
    "improper": (
        {"model": lambda q: (0.0, 0 * q), "warmup": 10, "step_size": DualAveraging()},
        "flat, so the posterior may be improper",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_named(case):
    changed, message = BAD[case]
    arguments = {
        "model": lambda q: (-0.5 * float(q @ q), -q),
        "start": [1.0, 1.0],
        "draws": 10,
        "warmup": 0,
        "step_size": 0.5,
        "progress": False,
    }
    with pytest.raises(ValueError, match=message):
        nuts(**(arguments | changed))


def test_a_nan_at_the_start_names_the_model_s_parameter():
    import tensorflow as tf

    model = TFModel(lambda m, s: -(m**2) + tf.math.log(s), [0.0, -1.0])
    with pytest.raises(ValueError, match=r"nan at the start \(m = 0, s = -1\)"):
        nuts(model, progress=False)


def test_an_invalid_model_raises():
    with pytest.raises(TypeError, match="expected a TFModel or a function"):
        nuts(3.0, [1.0])
