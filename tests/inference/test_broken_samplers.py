"""What each known mistake breaks: a claim that holds for the sampler, and fails once it is broken.

| mistake | what shows it |
|---|---|
| the log_prob of the point that was left (2018) | stored log_prob is not that of the draw |
| a gradient of the wrong sign | energy runs away: the acceptance falls |
| an inverted metric | the same; the draws stay exact, only dearer |
| n − 1 leapfrog steps | another place than n steps lead to; the draws stay exact |
| a U-turn test that forgets the sub-trees | other trees than the recursion's; exact draws drift |
| a U-turn test without the seams | other trees than the recursion's |

A metric and a number of steps are free to choose, so no test of the *law* can see those two: that
is why each claim is needed. Seeds are fixed.
"""

import numpy as np
import pytest
import tensorflow as tf
from test_lockstep import TRANSITIONS, bent, by_recursion, moved

from course_lib.inference import lockstep
from course_lib.inference.lockstep import lengths, trees
from course_lib.inference.lockstep.lengths import Lengths
from course_lib.inference.lockstep.space import KICK, Place, Space
from course_lib.inference.lockstep.trees import Trees

KERNELS = {"nuts": lockstep.lockstep_nuts, "hmc": lockstep.lockstep_hmc}
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
        np.full(20, times), 20, False, False, lockstep.fixed_step(0.8), GOAL,
    )  # fmt: skip


def stores_the_log_prob_of_the_draw(method):
    found = draws(method)
    # three squares below 30: a few roundings
    return np.allclose(found.log_prob, [wide(q)[0] for q in found.q], rtol=0, atol=1e-12)


def accepts_what_a_unit_normal_would(method):
    """At ε = 0.8 in d = 3 the energy error is ε²/8 of a χ²: accepted above 0.8 on the mean."""
    return float(tf.reduce_mean(draws(method).acceptance)) > 0.8


def goes_as_far_as_it_says(method):
    """HMC for a time of 8·0.8: exactly where eight two-stage steps by the matrix lead.

    On a normal one step is linear in (x, p): its eighth power is exact to a few roundings.
    """
    e = 0.8
    drift = np.array([[1, e / 2], [0, 1]])
    outer, inner = (np.array([[1, 0], [-b * e, 1]]) for b in (KICK, 1 - 2 * KICK))
    one = outer @ drift @ inner @ drift @ outer
    eight = np.linalg.matrix_power(one, 8)
    x, p = np.random.default_rng(1).normal(size=(2, 3, 5))
    space = Space(wide, tf.zeros([3, 1], tf.float64), tf.constant(WIDTHS), dense=False)
    value, gradient = space.value_and_gradient(tf.constant(x))
    bits = tf.ones([2, 5], tf.uint64)
    ends = []

    def seen(take, new, old):
        ends.append(new.x.numpy())
        return old

    whole, lengths.chosen = lengths.chosen, seen
    try:
        kernel = Lengths(space, 10, tf.constant(10))
        now = lengths.Draw(tf.constant(x), value, gradient)
        number = [tf.constant(v, tf.float64) for v in (8 * e, e / 2)]
        kernel.transition(now, tf.constant(p), bits, *number)
    finally:
        lengths.chosen = whole
    return np.allclose(ends[0], eight[0, 0] * x + eight[0, 1] * p, rtol=0, atol=1e-13)


def grows_the_trees_of_the_recursion(method):
    """Depths of 16 chains, at a step that is small enough for several doublings."""
    chunk = lockstep.lockstep_nuts(bent, 3, 16, TRANSITIONS, 6)
    place, normals, bits, found = moved(chunk, 0.35)
    for i in range(10):
        for c in range(16):
            _, about = by_recursion(place[:, c], normals[i, :, c], bits[i, :, c], 0.35)
            if about[2:4] != (int(found.depth[i, c]), int(found.leapfrogs[i, c])):
                return False
        place = found.q[i].numpy()
    return True


def the_mistake_of_2018(monkeypatch):
    for kernel in (Trees, Lengths):
        whole = kernel.transition

        def historic(self, now, *arguments, whole=whole):
            draw, about = whole(self, now, *arguments)
            return draw._replace(log_prob=now.log_prob), about

        monkeypatch.setattr(kernel, "transition", historic)


def the_wrong_sign(monkeypatch):
    whole = Space.pulled
    monkeypatch.setattr(Space, "pulled", lambda self, gradient: -whole(self, gradient))


def an_inverted_metric(monkeypatch):
    made = Space.__init__

    def inverted(self, target, loc, scale, dense):
        made(self, target, loc, 1 / scale, dense)

    monkeypatch.setattr(Space, "__init__", inverted)


def one_step_fewer(monkeypatch):
    whole = Lengths.transition

    def short(self, now, momentum, bits, time, step):
        return whole(self, now, momentum, bits, time - 2 * step, step)

    monkeypatch.setattr(Lengths, "transition", short)


def forgotten_sub_trees(monkeypatch):
    monkeypatch.setattr(Trees, "turns", lambda self, n, p, *_: tf.zeros_like(p[0], tf.bool))


def forgotten_seams(monkeypatch):
    """Of the three tests of a join only the whole: the momenta at the seam are taken for ends."""
    whole, calls = trees.is_u_turn, []

    def first_of_three(first, last, rho):
        calls.append(1)
        turning = whole(first, last, rho)
        return turning if len(calls) % 3 == 1 else tf.zeros_like(turning)

    monkeypatch.setattr(trees, "is_u_turn", first_of_three)


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
def test_holds(claim, method):
    assert claim(method)


@pytest.mark.parametrize(("mistake", "claim", "method"), MISTAKES)
def test_a_mistake_is_seen(monkeypatch, mistake, claim, method):
    mistake(monkeypatch)
    assert not claim(method)


@pytest.mark.parametrize("method", KERNELS)
def test_a_rotated_problem_has_rotated_draws(method):
    """Space, start, metric and momenta turned by R: the draws turn with it, to 1e-9.

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
            lockstep.fixed_step(0.3), GOAL,
        )  # fmt: skip

    plain, other = run(bent, q, lower, z), run(rotated, turn @ q, turned, back @ z)
    np.testing.assert_allclose(other.q, turn @ plain.q, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(other.leapfrogs, plain.leapfrogs)
    assert np.ptp(plain.q.numpy(), axis=0).min() > 0.1


def test_a_step_and_back_is_where_it_began():
    """Reversal: eight steps, momentum negated, eight steps: the start, to 1e-12 of a few."""
    space = Space(bent, tf.zeros([3, 1], tf.float64), tf.constant(WIDTHS), dense=False)
    x, p = map(tf.constant, np.random.default_rng(1).normal(size=(2, 3, 5)))
    step = tf.constant(0.1, tf.float64)
    place = Place(x, p, space.value_and_gradient(x)[1])
    for _ in range(8):
        place, _ = space.leapfrog(place, step)
    assert np.abs(place.x - x).max() > 0.1
    place = place._replace(p=-place.p)
    for _ in range(8):
        place, _ = space.leapfrog(place, step)
    np.testing.assert_allclose(place.x, x, rtol=0, atol=1e-12)
    np.testing.assert_allclose(-place.p, p, rtol=0, atol=1e-12)
