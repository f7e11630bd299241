"""What `sample`, `nuts` and `hmc` say at the end of a run: each sentence and its next step."""

import warnings

import numpy as np
import pytest
import tensorflow as tf

from course_lib.inference import IdentityMetric, StuckChainError, TFModel, hmc, nuts, sample

pytestmark = pytest.mark.filterwarnings("ignore:.*draw longer")  # short runs say enough here


def columns(function):
    """A log probability of q [d, C] for `sample`, and one of q [d] for `nuts`."""

    @tf.function
    def traced(q):
        with tf.GradientTape() as tape:
            tape.watch(q)
            value = function(q[:, None])
        return value[0], tape.gradient(value, q)

    def at_one_point(q):
        value, gradient = traced(tf.constant(q))
        return float(value), gradient.numpy()

    return function, at_one_point


def said(sampler, *arguments, **options):
    """The result of a run, and all that it warned of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = sampler(*arguments, seed=1, progress=False, **options)
    return result, [str(w.message) for w in caught if w.category is UserWarning]


def normal(q):
    return -0.5 * tf.reduce_sum(q**2, axis=0)


def cliff(q):
    """A normal with a wall that is steep, and not a bound: log π falls by 10⁶ beyond q = 2."""
    return normal(q) - 1e6 * tf.nn.relu(q[0] - 2.0)


def half_normal(q):
    return normal(q) + tf.where(q[0] > 0, tf.zeros_like(q[0]), -np.inf)


def uniform(q):
    """On the unit interval: its gradient is 0 at all draws, but the parameter is used."""
    inside = (q[0] > 0) & (q[0] < 1)
    return tf.where(inside, 0.0 * q[0], -np.inf)


def one_unused(q):
    return -0.5 * q[0] ** 2 + 0.0 * q[1]


SHORT = {"warmup": 0, "step_size": 0.5, "chains": 4, "max_depth": 5}


def test_divergences_are_answered_by_an_argument_that_both_samplers_have():
    for sampler, model in zip((sample, nuts), columns(cliff), strict=True):
        result, messages = said(
            sampler, model, start=[0.0], draws=100, metric=IdentityMetric(1), **SHORT
        )
        assert result.divergent.any() and result.bounds == ()
        (message,) = [m for m in messages if "diverged" in m]
        assert "too sharply curved" in message and "target_acceptance=0.95" in message


@pytest.mark.parametrize("sampler", [nuts, hmc])
def test_the_readable_samplers_aim_at_the_target_acceptance(sampler, unit_normal):
    """0.6 and 0.95 in 10 dimensions: the steps differ by a factor of 1.5 or more."""
    low, high = (
        sampler(
            unit_normal, np.zeros(10), 20, warmup=200, target_acceptance=aim, seed=1, progress=False
        ).step_size[0]
        for aim in (0.6, 0.95)
    )
    assert low > 1.5 * high


@pytest.mark.parametrize(
    ("density", "start", "places"),
    [(half_normal, [1.0], ["below"]), (uniform, [0.5], ["above", "below"])],
)
def test_a_hard_bound_is_said_to_be_one(density, start, places):
    for sampler, model in zip((sample, nuts), columns(density), strict=True):
        result, messages = said(
            sampler, model, start=start, draws=100, metric=IdentityMetric(1), **SHORT
        )
        assert [bound.split()[0] for bound in result.bounds] == places
        (message,) = [m for m in messages if "diverged" in m]
        assert "hard bound" in message and "q[0] = " in message and "Jacobian" in message
        assert "sharply curved" not in message and not result.unused


def test_an_unused_parameter_is_named_and_no_longer_chain_is_advised_for_it():
    for sampler, model in zip((sample, nuts), columns(one_unused), strict=True):
        result, messages = said(sampler, model, start=[0.0, 0.0], draws=100, **SHORT)
        assert result.unused == ("q[1]",)
        assert "log_prob does not depend on q[1]" in messages[0] and "prior" in messages[0]
        longer = [m for m in messages + result.summary().concerns if "draw longer" in m]
        assert not [m for m in longer if "q[1]" in m]


def test_an_unused_variable_of_a_model_is_named():
    model = TFModel(lambda m, b: -0.5 * m**2 + 0.0 * b, [0.0, 0.0])
    result, _ = said(sample, model, draws=100, chains=8, warmup=20)
    assert result.unused == ("b",)


def test_a_parameter_whose_gradient_is_zero_only_at_the_draws_is_used():
    """log π falls off beyond 10, where the draws do not come in a short run."""
    plain = columns(lambda q: -0.5 * q[0] ** 2 - tf.nn.relu(tf.abs(q[1]) - 10.0))[0]
    result, _ = said(sample, plain, draws=20, start=[0.0, 0.0], metric=IdentityMetric(2), **SHORT)
    assert result.unused == ()


@pytest.mark.parametrize("index", [0, 1])
def test_a_chain_that_never_moved_is_an_error_with_the_draws_in_it(index):
    sampler, model = ((sample, normal), (nuts, columns(normal)[1]))[index]
    with pytest.raises(StuckChainError, match=r"chains 0, 1 never moved in 20 draws.*Next: ") as e:
        sampler(
            model, start=[1.0, 1.0], draws=20, chains=2, warmup=0, step_size=1e4, seed=1,
            metric=IdentityMetric(2), progress=False,
        )  # fmt: skip
    assert e.value.result.draws.shape == (20, 2, 2)
    assert "target_acceptance=" in str(e.value) and "start=" in str(e.value)


def test_a_few_draws_without_a_move_are_only_a_warning():
    with pytest.warns(UserWarning, match="chain 0 never moved in 5 draws"):
        sample(
            normal, 5, chains=1, start=[1.0, 1.0], warmup=0, step_size=1e4, seed=1,
            metric=IdentityMetric(2), progress=False,
        )  # fmt: skip


def test_nuts_and_sample_warn_alike_of_chains_that_disagree():
    """Two modes 40 sds apart: no chain crosses, with either sampler."""

    def two_modes(q):
        return -0.5 * (tf.abs(q[0]) - 20.0) ** 2

    starts = np.repeat([[20.0], [-20.0]], 2, axis=0)
    for sampler, model in zip((sample, nuts), columns(two_modes), strict=True):
        _, messages = said(
            sampler, model, start=starts, draws=100, metric=IdentityMetric(1), **SHORT
        )
        assert any("R-hat of q[0]" in m and "the chains disagree" in m for m in messages)


def test_of_one_chain_alone_neither_r_hat_nor_ess_is_warned_of():
    at_one_point = columns(normal)[1]
    _, messages = said(nuts, at_one_point, start=[0.0, 0.0], draws=50, warmup=0, step_size=1.0)
    assert messages == []


def test_one_start_is_noted_below_the_table_and_not_warned_of():
    """Two modes, all chains started in one: nothing else can tell, so the note must be there."""

    def two_modes(q):
        return tf.reduce_logsumexp(-0.5 * (q - np.array([[-8.0], [8.0]])) ** 2, axis=0)

    options = {"draws": 400, "chains": 16, "warmup": 0, "step_size": 0.8, "metric": "diagonal"}
    one, messages = said(sample, two_modes, start=[8.0], **options)
    assert one.draws.min() > 0 and messages == [] and one.concerns() == []
    assert "· all chains started around one point" in str(one.summary())
    assert "start=[chains, d]" in str(one.summary())
    starts = np.random.default_rng(1).uniform(-12, 12, (16, 1))
    many, _ = said(sample, two_modes, start=starts, **options)
    assert "one point" not in str(many.summary())
    assert many.draws.min() < 0 and not many.one_start
