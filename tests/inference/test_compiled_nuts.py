"""The compiled NUTS makes the readable one's trees and draws from the same random numbers.

So what is true of `nuts` (test_nuts.py, test_moments.py) is true of `sample`. The distribution of
its draws is tested again in test_sample_law.py.
"""

import math

import numpy as np
import pytest
import tensorflow as tf

from course_lib.inference import IdentityMetric, PhasePoint
from course_lib.inference.compiled.chunk import nuts_chunk
from course_lib.inference.compiled.dual_averaging import init_step_size, update_step_size
from course_lib.inference.compiled.xla_ops import uniform
from course_lib.inference.hamiltonian.leapfrog import energy
from course_lib.inference.readable.trajectory import Trajectory, Tree

CHAINS, TRANSITIONS, DEPTH = 16, 40, 6
TIMES = np.ones(TRANSITIONS)  # of no meaning to NUTS
MASK = 2**64 - 1


def bent(q):
    """A skew, correlated target in three dimensions, for columns; with its gradient by hand."""
    bend = q[1] - 0.3 * q[0] ** 2
    value = -0.5 * (q[0] ** 2 + bend**2 + (q[2] - 0.5 * q[0]) ** 2)
    tilt = q[2] - 0.5 * q[0]
    return value, tf.stack([-q[0] + 0.6 * q[0] * bend + 0.5 * tilt, -bend, -tilt])


def bent_at(q):
    bend, tilt = q[1] - 0.3 * q[0] ** 2, q[2] - 0.5 * q[0]
    value = -0.5 * (q[0] ** 2 + bend**2 + tilt**2)
    return float(value), np.array([-q[0] + 0.6 * q[0] * bend + 0.5 * tilt, -bend, -tilt])


class Recorded(Trajectory):
    """A trajectory that keeps its leaves in the order in which they were made."""

    def leaf(self, edge, direction):
        tree = super().leaf(edge, direction)
        if tree is not None:
            self.leaves.append((tree.proposal, math.exp(tree.log_weight)))
        return tree


def uniforms(seed):
    """xorshift64* with Python's integers, 52 bits of each."""
    state = int(seed) | 1
    while True:
        state ^= state >> 12
        state = (state ^ (state << 25)) & MASK
        state ^= state >> 27
        yield ((state * 0x2545F4914F6CDD1D & MASK) >> 12) / 2**52


def by_recursion(q, momentum, bits, step):
    """One transition with the readable sampler's trees, and the kernel's random numbers."""
    metric = IdentityMetric(3)
    begin = PhasePoint(q, momentum, *bent_at(q))
    random, start = uniforms(bits[0]), energy(metric, begin)
    trajectory = Recorded(bent_at, metric, step, np.random.default_rng(0), start)
    tree, weight, draw = Tree(begin, begin, begin.momentum, begin, 0.0), 1.0, begin
    depth, direction, turning = 0, 1, False
    while depth < DEPTH and not turning:
        direction *= -1 if int(bits[1]) >> depth & 1 else 1
        trajectory.leaves = []
        far = trajectory.grow(tree.last if direction > 0 else tree.first, direction, depth)
        if far is None:
            break
        total, proposal = 0.0, None
        for point, share in trajectory.leaves:
            total += share
            proposal = point if next(random) * total < share else proposal
        draw = proposal if next(random) * weight < total else draw
        weight += total
        depth += 1
        tree, turning = trajectory.join(tree, far, direction, draw)
    acceptance = trajectory.acceptance_sum / trajectory.leapfrogs
    return draw, (start, acceptance, depth, trajectory.leapfrogs, trajectory.divergent)


@pytest.fixture(scope="module")
def compiled():
    return nuts_chunk(bent, 3, CHAINS, TRANSITIONS, DEPTH)


def moved(chunk, step, seed=5):
    rng = np.random.default_rng(seed)
    q, normals = rng.normal(size=(3, CHAINS)), rng.normal(size=(TRANSITIONS, 3, CHAINS))
    bits = rng.integers(0, 2**64, (TRANSITIONS, 2, CHAINS), np.uint64)
    loc, scale = np.zeros((3, 1)), np.ones((3, 1))
    state = init_step_size(step)
    goal = tf.constant(0.8, tf.float64)
    found = chunk(q, loc, scale, normals, bits, TIMES, TRANSITIONS, False, False, state, goal)
    return q, normals, bits, found


@pytest.mark.parametrize("step", [0.2, 0.7, 1.7, 5.0])
def test_same_trees_and_same_draws_as_the_recursion(compiled, step):
    """Every depth, count, acceptance and draw of 640 transitions, at small, good and bad steps.

    Positions agree to 1e-9: at most 63 steps, each a rounding of 1e-16 that this target stretches
    by less than a factor e^{63·0.2}. Each transition starts where the compiled kernel is.
    """
    start, normals, bits, chunk = moved(compiled, step)
    place = start
    seen = set()
    for i in range(TRANSITIONS):
        for c in range(CHAINS):
            draw, expected = by_recursion(place[:, c], normals[i, :, c], bits[i, :, c], step)
            got = [float(a[i, c]) for a in chunk[3:8]]
            np.testing.assert_allclose(got, [float(e) for e in expected], rtol=1e-9, atol=1e-9)
            np.testing.assert_allclose(chunk.q[i, :, c], draw.position, rtol=1e-9, atol=1e-9)
            seen.add(expected[2])
        place = chunk.q[i].numpy()
    np.testing.assert_array_equal(place, chunk.last)
    assert len(seen) >= 2 or step == 5.0, "trees of several depths are compared"


def test_stored_log_prob_is_that_of_the_draw(compiled):
    """The same sum of three squares of numbers below 10, rounded in another order: 1e-13."""
    _, _, _, chunk = moved(compiled, 0.7)
    draws = np.moveaxis(chunk.q.numpy(), 1, 2).reshape(-1, 3)
    expected = [bent_at(q)[0] for q in draws]
    np.testing.assert_allclose(chunk.log_prob.numpy().ravel(), expected, rtol=1e-13, atol=1e-13)


def test_two_short_chunks_give_the_draws_of_a_long_one(compiled):
    """Two calls of 15 and 25 transitions give the draws of one of 40, to the last bit."""
    q, normals, bits, whole = moved(compiled, 0.7)
    fixed = (np.zeros((3, 1)), np.ones((3, 1)))
    goal = tf.constant(0.8, tf.float64)
    state = init_step_size(0.7)
    first = compiled(q, *fixed, normals, bits, TIMES, 15, False, False, state, goal)
    np.testing.assert_array_equal(first.q[:15], whole.q[:15])
    rest = [np.roll(a, -15, axis=0) for a in (normals, bits)]
    second = compiled(first.last, *fixed, *rest, TIMES, 25, False, False, state, goal)
    np.testing.assert_array_equal(second.q[:25], whole.q[15:])


def test_dual_averaging_is_that_of_the_readable_sampler():
    """The same equation 6 in two languages: a few roundings a step."""
    from course_lib.inference import DualAveraging

    step, state = DualAveraging(0.8), init_step_size(0.3)
    step.restart(0.3)
    for acceptance in np.random.default_rng(1).uniform(size=50):
        step.update(acceptance)
        state = update_step_size(state, tf.constant(acceptance, tf.float64), 0.8)
    np.testing.assert_allclose(np.exp(state.log_step), step.current, rtol=1e-11)
    np.testing.assert_allclose(np.exp(state.log_average), step.final, rtol=1e-11)


def test_uniforms_are_those_of_xorshift_and_fill_the_unit_interval():
    seeds = np.random.default_rng(1).integers(0, 2**64, 1000, np.uint64) | np.uint64(1)
    state, u = tf.constant(seeds), None
    expected = [uniforms(seed) for seed in seeds]
    for _ in range(3):
        state, u = uniform(state)
        np.testing.assert_array_equal(u.numpy(), [next(e) for e in expected])
    # Kolmogorov–Smirnov at 1e-5 for 1000 numbers: D < 2.47/√1000
    grid = (np.arange(1000) + 0.5) / 1000
    assert np.abs(np.sort(u.numpy()) - grid).max() < 2.47 / math.sqrt(1000)
