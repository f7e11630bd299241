"""For each known mistake: a claim that holds for the sampler, and fails if it has the mistake.

| mistake | what shows it |
|---|---|
| the log_prob of the point that was left (2018) | stored log_prob is not that of the draw |
| a gradient of the wrong sign | energy runs away: the acceptance falls |
| an inverted metric | the same; the draws stay exact, but cost more |
| n − 1 leapfrog steps | another place than n steps lead to; the draws stay exact |
| a U-turn test that forgets the sub-trees | other trees than the recursion's; exact draws drift |
| a U-turn test without the seams | other trees than the recursion's |

The draws have the right distribution with any metric and any number of steps, so no test of the
distribution detects those two mistakes. Seeds are fixed.
"""

import numpy as np
import pytest
import tensorflow as tf
from test_compiled_nuts import TRANSITIONS, bent, by_recursion, moved

from course_lib.inference.compiled import hmc_kernel, nuts_kernel, u_turn
from course_lib.inference.compiled.chunk import hmc_chunk, nuts_chunk
from course_lib.inference.compiled.dual_averaging import init_step_size
from course_lib.inference.compiled.hmc_kernel import HMCKernel
from course_lib.inference.compiled.integrators import KICK, leapfrog
from course_lib.inference.compiled.nuts_kernel import NUTSKernel
from course_lib.inference.compiled.state import HMCState, IntegratorState
from course_lib.inference.compiled.whitened_target import WhitenedTarget

KERNELS = {"nuts": nuts_chunk, "hmc": hmc_chunk}
WIDTHS = np.array([[4.0], [1.0], [0.25]])
GOAL = tf.constant(0.8, tf.float64)


def wide(q):
    z = q / WIDTHS
    return -0.5 * tf.reduce_sum(z**2, axis=0), -z / WIDTHS


def draws(method, times=1.5):
    """20 transitions of 64 chains from exact draws of a normal with these widths, at ε = 0.8."""
    rng, shape = np.random.default_rng(4), (3, 64)
    chunk = KERNELS[method](wide, *shape, 20, 6)
    return chunk(
        WIDTHS * rng.standard_normal(shape), np.zeros((3, 1)), WIDTHS,
        rng.standard_normal((20, *shape)), rng.integers(0, 2**64, (20, 2, 64), np.uint64),
        np.full(20, times), 20, False, False, init_step_size(0.8), GOAL,
    )  # fmt: skip


def stores_the_log_prob_of_the_draw(method):
    found = draws(method)
    # three squares below 30: a few roundings
    return np.allclose(found.log_prob, [wide(q)[0] for q in found.q], rtol=0, atol=1e-12)


def accepts_what_a_unit_normal_would(method):
    """At ε = 0.8 in d = 3 the energy error is ε²/8 times a χ²: the mean acceptance is above 0.8."""
    return float(tf.reduce_mean(draws(method).acceptance)) > 0.8


def goes_as_far_as_it_says(method):
    """HMC for a time of 8·0.8 ends where eight two-stage steps, computed by a matrix, end.

    On a normal one step is linear in (x, p): its eighth power is exact to a few roundings.
    """
    e = 0.8
    drift = np.array([[1, e / 2], [0, 1]])
    outer, inner = (np.array([[1, 0], [-b * e, 1]]) for b in (KICK, 1 - 2 * KICK))
    one = outer @ drift @ inner @ drift @ outer
    eight = np.linalg.matrix_power(one, 8)
    x, p = np.random.default_rng(1).normal(size=(2, 3, 5))
    target = WhitenedTarget(wide, tf.zeros([3, 1], tf.float64), tf.constant(WIDTHS), dense=False)
    value, gradient = target.value_and_gradient(tf.constant(x))
    bits = tf.ones([2, 5], tf.uint64)
    ends = []

    def seen(take, new, old):
        ends.append(new.x.numpy())
        return old

    whole, hmc_kernel.select = hmc_kernel.select, seen
    try:
        kernel = HMCKernel(target, 10, tf.constant(10))
        now = HMCState(tf.constant(x), value, gradient)
        number = [tf.constant(v, tf.float64) for v in (8 * e, e / 2)]
        kernel.transition(now, tf.constant(p), bits, *number)
    finally:
        hmc_kernel.select = whole
    return np.allclose(ends[0], eight[0, 0] * x + eight[0, 1] * p, rtol=0, atol=1e-13)


def grows_the_trees_of_the_recursion(method):
    """Depths of 16 chains, at a step that is small enough for several doublings."""
    chunk = nuts_chunk(bent, 3, 16, TRANSITIONS, 6)
    place, normals, bits, found = moved(chunk, 0.35)
    for i in range(10):
        for c in range(16):
            _, about = by_recursion(place[:, c], normals[i, :, c], bits[i, :, c], 0.35)
            if about[2:4] != (int(found.depth[i, c]), int(found.leapfrogs[i, c])):
                return False
        place = found.q[i].numpy()
    return True


def the_mistake_of_2018(monkeypatch):
    for kernel in (NUTSKernel, HMCKernel):
        whole = kernel.transition

        def historic(self, now, *arguments, whole=whole):
            draw, about = whole(self, now, *arguments)
            return draw._replace(log_prob=now.log_prob), about

        monkeypatch.setattr(kernel, "transition", historic)


def the_wrong_sign(monkeypatch):
    whole = WhitenedTarget.whitened_gradient
    monkeypatch.setattr(
        WhitenedTarget, "whitened_gradient", lambda self, gradient: -whole(self, gradient)
    )


def an_inverted_metric(monkeypatch):
    made = WhitenedTarget.__init__

    def inverted(self, target, loc, scale, dense):
        made(self, target, loc, 1 / scale, dense)

    monkeypatch.setattr(WhitenedTarget, "__init__", inverted)


def one_step_fewer(monkeypatch):
    whole = HMCKernel.transition

    def short(self, now, momentum, bits, time, step):
        return whole(self, now, momentum, bits, time - 2 * step, step)

    monkeypatch.setattr(HMCKernel, "transition", short)


def forgotten_sub_trees(monkeypatch):
    monkeypatch.setattr(
        nuts_kernel, "sub_trees_turn", lambda n, p, *_: tf.zeros_like(p[0], tf.bool)
    )


def forgotten_seams(monkeypatch):
    """Of the three U-turn checks of a sub-tree, only the first one is made."""
    whole, calls = u_turn.is_u_turn, []

    def first_of_three(first, last, rho):
        calls.append(1)
        turning = whole(first, last, rho)
        return turning if len(calls) % 3 == 1 else tf.zeros_like(turning)

    for module in (u_turn, nuts_kernel):
        monkeypatch.setattr(module, "is_u_turn", first_of_three)


MISTAKES = [
    (the_mistake_of_2018, stores_the_log_prob_of_the_draw, "nuts"),
    (the_mistake_of_2018, stores_the_log_prob_of_the_draw, "hmc"),
    (the_wrong_sign, accepts_what_a_unit_normal_would, "nuts"),
    (the_wrong_sign, accepts_what_a_unit_normal_would, "hmc"),
    (an_inverted_metric, accepts_what_a_unit_normal_would, "nuts"),
    (an_inverted_metric, accepts_what_a_unit_normal_would, "hmc"),
    (one_step_fewer, goes_as_far_as_it_says, "hmc"),
    (forgotten_sub_trees, grows_the_trees_of_the_recursion, "nuts"),
    (forgotten_seams, grows_the_trees_of_the_recursion, "nuts"),
]


@pytest.mark.parametrize(("claim", "method"), sorted({m[1:] for m in MISTAKES}, key=str))
def test_the_claim_holds_for_the_sampler(claim, method):
    assert claim(method)


@pytest.mark.parametrize(("mistake", "claim", "method"), MISTAKES)
def test_the_claim_fails_with_the_mistake(monkeypatch, mistake, claim, method):
    mistake(monkeypatch)
    assert not claim(method)


@pytest.mark.parametrize("method", KERNELS)
def test_a_rotated_problem_has_rotated_draws(method):
    """With space, start, metric and momenta rotated by R, the draws are rotated too, to 1e-9.

    L' of R Σ Rᵀ is R L Q with Q orthogonal, so the momenta that do the same are Qᵀ z. Twenty
    transitions of at most 31 steps; the target stretches a rounding by less than e^0.3 a step.
    """
    rng, chains = np.random.default_rng(8), 8
    turn, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    lower = np.linalg.cholesky(np.array([[2.0, 0.8, 0.0], [0.8, 1.0, 0.3], [0.0, 0.3, 0.5]]))
    turned = np.linalg.cholesky(turn @ lower @ lower.T @ turn.T)
    back = np.linalg.solve(turned, turn @ lower)  # Qᵀ
    q, z = rng.normal(size=(3, chains)), rng.normal(size=(20, 3, chains))
    bits = rng.integers(0, 2**64, (20, 2, chains), np.uint64)

    def rotated(q):
        value, gradient = bent(turn.T @ q)
        return value, turn @ gradient

    def run(target, q, scale, z):
        chunk = KERNELS[method](target, 3, chains, 20, 5, dense=True)
        return chunk(
            q, np.zeros((3, 1)), scale, z, bits, np.full(20, 1.0), 20, False, False,
            init_step_size(0.3), GOAL,
        )  # fmt: skip

    plain, other = run(bent, q, lower, z), run(rotated, turn @ q, turned, back @ z)
    np.testing.assert_allclose(other.q, turn @ plain.q, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(other.leapfrogs, plain.leapfrogs)
    assert np.ptp(plain.q.numpy(), axis=0).min() > 0.1


def test_steps_with_negated_momentum_lead_back_to_the_start():
    """Eight steps, momentum negated, eight steps: the start, to 1e-12 (positions are about 1)."""
    target = WhitenedTarget(bent, tf.zeros([3, 1], tf.float64), tf.constant(WIDTHS), dense=False)
    x, p = map(tf.constant, np.random.default_rng(1).normal(size=(2, 3, 5)))
    step = tf.constant(0.1, tf.float64)
    state = IntegratorState(x, p, target.value_and_gradient(x)[1])
    for _ in range(8):
        state, _ = leapfrog(target, state, step)
    assert np.abs(state.x - x).max() > 0.1
    state = state._replace(p=-state.p)
    for _ in range(8):
        state, _ = leapfrog(target, state, step)
    np.testing.assert_allclose(state.x, x, rtol=0, atol=1e-12)
    np.testing.assert_allclose(-state.p, p, rtol=0, atol=1e-12)
