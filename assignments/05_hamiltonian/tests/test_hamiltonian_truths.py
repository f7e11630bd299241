"""The truths of 05_hamiltonian, against matrix powers, 30 digits, parabolas, circles and draws."""

from __future__ import annotations

import importlib
from pathlib import Path

import mpmath
import numpy as np
import pytest
from scipy import stats

from course_lib.claims.loading import load

ROOT = Path(__file__).parents[3]
EXERCISES = load("05_hamiltonian", ROOT).exercises
PACKAGE = EXERCISES["leapfrog"].truth.__module__.rpartition(".")[0]
INPUTS = importlib.import_module(f"{PACKAGE}.inputs")
TRUTH = importlib.import_module(f"{PACKAGE}.truth")
LESSON = (ROOT / "source" / "05_hamiltonian" / "hamiltonian.nb.py").read_text(encoding="utf-8")
leapfrog = EXERCISES["leapfrog"].truth
hmc_step = EXERCISES["hmc_step"].truth
is_u_turn = EXERCISES["is_u_turn"].truth
PLACE = INPUTS.TOP + INPUTS.WIDTH * [0.8, -0.5, 0.3]
MOMENTUM = np.array([-0.6, 1.1, 0.4]) / INPUTS.WIDTH


def slope(q):
    return INPUTS.log_posterior(q)[1]


# ---------------------------------------------------------------- leapfrog


@pytest.mark.parametrize("step", [0.3, 1.0, 1.5, -0.7])
@pytest.mark.parametrize("n", [0, 1, 7, 50])
def test_leapfrog_on_a_normal_is_a_power_of_a_matrix(step, n):
    """In widths, one step is [[1 - ε²/2, ε], [-ε(1 - ε²/4), 1 - ε²/2]]."""
    variance, q, p = np.array([4.0, 0.25, 1.0]), np.array([0.7, -1.2, 0.4]), np.array([1, 2, -0.3])
    one = [[1 - step**2 / 2, step], [-step * (1 - step**2 / 4), 1 - step**2 / 2]]
    due = np.linalg.matrix_power(np.array(one), n) @ [q / np.sqrt(variance), p * np.sqrt(variance)]
    end, momentum = leapfrog(INPUTS.Bell(tuple(1 / variance)), q, p, step, n, variance)
    got = [end / np.sqrt(variance), momentum * np.sqrt(variance)]
    assert np.allclose(got, due, rtol=0, atol=1e-13 * (n + 1))


def test_leapfrog_on_the_posterior_is_that_of_thirty_digits():
    with mpmath.workdps(30):
        x, y = ([mpmath.mpf(float(v)) for v in part] for part in (INPUTS.X, INPUTS.Y))
        variance = [mpmath.mpf(float(w)) ** 2 for w in INPUTS.WIDTH]
        q, p = ([mpmath.mpf(float(v)) for v in part] for part in (PLACE, MOMENTUM))
        step = mpmath.mpf(0.1)

        def gradient(q):
            m, b, log_s = q
            inverse = mpmath.exp(-2 * log_s)
            r = [v - m * u - b for u, v in zip(x, y, strict=True)]
            along = inverse * sum(a * u for a, u in zip(r, x, strict=True))
            return [
                along - 3 * m / (1 + m**2),
                inverse * sum(r),
                inverse * sum(a * a for a in r) - len(x),
            ]

        for _ in range(8):
            p = [a + step / 2 * g for a, g in zip(p, gradient(q), strict=True)]
            q = [a + step * v * b for a, v, b in zip(q, variance, p, strict=True)]
            p = [a + step / 2 * g for a, g in zip(p, gradient(q), strict=True)]
    due = np.array([float(v) for v in (*q, *p)])
    got = np.concatenate(leapfrog(slope, PLACE, MOMENTUM, 0.1, 8, INPUTS.WIDTH**2))
    assert np.allclose(got, due, rtol=1e-11)


def test_a_ball_falls_on_a_parabola():
    force, variance = np.array([-1.5, 0.5]), np.array([4.0, 0.25])
    q, p, time = np.array([2.0, 1.0]), np.array([0.3, -0.4]), 5 * 0.3
    end, momentum = leapfrog(INPUTS.Pull(tuple(force)), q, p, 0.3, 5, variance)
    assert np.allclose(end, q + variance * (time * p + 0.5 * time**2 * force), atol=1e-14)
    assert np.allclose(momentum, p + time * force, atol=1e-14)


def test_the_energy_error_falls_as_the_square_of_the_step():
    variance = INPUTS.WIDTH**2
    before = INPUTS.posterior_energy(PLACE, MOMENTUM, variance)
    errors = []
    for step in (0.1, 0.05, 0.025, 0.0125):
        end = leapfrog(slope, PLACE, MOMENTUM, step, round(1.6 / step), variance)
        errors.append(abs(INPUTS.posterior_energy(*end, variance) - before))
    slopes = np.log2(np.array(errors[:-1]) / errors[1:])
    assert np.allclose(slopes, 2, atol=0.01)


def test_the_fine_orbit_is_converged():
    """1024 steps and the truth differ by a third of what 1024 and 2048 differ: 1e-7 widths."""
    variance = INPUTS.WIDTH**2
    finer = leapfrog(slope, PLACE, MOMENTUM, 0.8 / 2048, 2048, variance)
    off = (TRUTH.fine_orbit(slope, PLACE, MOMENTUM, 0.8, variance) - finer) / [
        INPUTS.WIDTH,
        1 / INPUTS.WIDTH,
    ]
    assert np.max(np.abs(off)) < 1e-6


def test_the_planet_of_the_lesson():
    def sun(q):
        return -q / np.sum(q**2) ** 1.5

    def energy(q, p):
        return 0.5 * p @ p - 1 / np.sqrt(q @ q)

    step, one = 2 * np.pi / 200, np.ones(2)
    q, p = np.array([0.4, 0.0]), np.array([0.0, 2.0])
    for _ in range(200):
        q, p = q + step * p, p + step * sun(q)
    assert energy(q, p) + 0.5 == pytest.approx(0.31, abs=0.005)
    q, p, worst = np.array([0.4, 0.0]), np.array([0.0, 2.0]), 0.0
    for _ in range(2000):
        q, p = leapfrog(sun, q, p, step, 1, one)
        worst = max(worst, abs(energy(q, p) + 0.5))
    assert worst == pytest.approx(0.0037, abs=0.0001)


# ---------------------------------------------------------------- the posterior of the lesson


def test_the_posterior_is_scipys_normal_and_its_gradient_that_of_differences():
    def value(q):
        m, b, log_s = q
        like = np.sum(stats.norm.logpdf(INPUTS.Y, m * INPUTS.X + b, np.exp(log_s)))
        return like + 25 * np.log(2 * np.pi) - 1.5 * np.log(1 + m**2)

    height, gradient = INPUTS.log_posterior(PLACE)
    assert height == pytest.approx(value(PLACE), rel=1e-13)
    for k in range(3):
        step = 1e-6 * np.eye(3)[k]
        due = (value(PLACE + step) - value(PLACE - step)) / 2e-6
        assert gradient[k] == pytest.approx(due, rel=1e-6)


def test_the_lesson_prints_the_posteriors_means_and_widths():
    """By 71³ points in steps of a fifth of a width: far closer than the printed digits."""
    t = np.linspace(-7, 7, 71)
    m, b, log_s = (INPUTS.TOP[k] + INPUTS.WIDTH[k] * t for k in range(3))
    x, y = INPUTS.X, INPUTS.Y
    squares = (
        y @ y
        - 2 * m[:, None] * (x @ y)
        - 2 * b * np.sum(y)
        + m[:, None] ** 2 * (x @ x)
        + 2 * m[:, None] * b * np.sum(x)
        + len(x) * b**2
    )
    heights = -0.5 * squares[:, :, None] * np.exp(-2 * log_s) - len(x) * log_s
    heights -= 1.5 * np.log1p(m**2)[:, None, None]
    weight = np.exp(heights - np.max(heights))
    weight /= np.sum(weight)
    said = []
    for values, axes in ((m, (1, 2)), (b, (0, 2)), (log_s, (0, 1))):
        share = np.sum(weight, axis=axes)
        mean = share @ values
        said.append(f'"{mean:.3f} ± {np.sqrt(share @ (values - mean) ** 2):.3f}"')
    assert f"[{', '.join(said)}]" in LESSON


# ---------------------------------------------------------------- momenta, steps, U-turns


def test_momenta_are_normal_with_one_over_the_variance():
    variance = np.repeat([1e-4, 1.0, 400.0], 20_000)
    p = EXERCISES["sample_momentum"].truth(np.random.default_rng(3), variance)
    for v in (1e-4, 1.0, 400.0):
        assert stats.kstest(p[variance == v], stats.norm(0, v**-0.5).cdf).pvalue > 1e-4


def always_there(value_and_gradient, q, p, u, step, n, variance):
    """A step that is wrong: every end is accepted."""
    end, _ = leapfrog(lambda place: value_and_gradient(place)[1], q, p, step, n, variance)
    return end, 0.0, True


@pytest.mark.parametrize(("kernel", "keeps"), [(hmc_step, True), (always_there, False)])
def test_exact_draws_stay_exact_draws_under_two_steps(kernel, keeps):
    """3000 draws of a log-gamma density; the wrong kernel shows that the test has power."""

    def log_gamma(q):
        return float(np.sum(3 * q - np.exp(q))), 3 - np.exp(q)

    rng = np.random.default_rng(5)
    places = np.log(rng.gamma(3.0, size=(3000, 1)))
    for _ in range(2):
        places = np.array(
            [
                kernel(log_gamma, q, rng.standard_normal(1), rng.uniform(), 0.9, 2, np.ones(1))[0]
                for q in places
            ]
        )
    p_value = stats.kstest(np.exp(places.ravel()), stats.gamma(3.0).cdf).pvalue
    assert p_value > 1e-4 if keeps else p_value < 1e-6


@pytest.mark.slow
def test_200_000_exact_draws_stay_exact_draws_under_two_steps():
    def log_gamma(q):
        return float(3 * q[0] - np.exp(q[0])), 3 - np.exp(q)

    rng = np.random.default_rng(6)
    places = np.log(rng.gamma(3.0, size=(200_000, 1)))
    for _ in range(2):
        places = np.array(
            [
                hmc_step(log_gamma, q, rng.standard_normal(1), rng.uniform(), 0.9, 1, np.ones(1))[0]
                for q in places
            ]
        )
    assert stats.kstest(np.exp(places.ravel()), stats.gamma(3.0).cdf).pvalue > 1e-4


def test_a_refused_step_hands_on_the_start_and_its_height():
    target = INPUTS.BellHill((1.0,), 2.0)
    q, p = np.array([0.1]), np.array([1.8])
    loss = -TRUTH.log_ratio(target, q, p, 1.5, 1, np.ones(1))
    assert loss > 0.1
    end, height, moved = hmc_step(target, q, p, 1.01 * np.exp(-loss), 1.5, 1, np.ones(1))
    assert (end.tolist(), height, moved) == ([0.1], 2.0 - 0.005, False)
    end, height, moved = hmc_step(target, q, p, 0.99 * np.exp(-loss), 1.5, 1, np.ones(1))
    assert moved
    assert height == pytest.approx(2.0 - 0.5 * end[0] ** 2, rel=1e-13)


@pytest.mark.parametrize("begin", [0.0, 0.3, 1.7])
@pytest.mark.parametrize("angle", [0.01, 0.4, 0.99, 1.01, 1.6, 1.99])
def test_a_circle_turns_after_half_of_it(begin, angle):
    """The dot products on a unit circle are both sin of the angle."""
    arc = INPUTS.circle(begin, angle)
    assert is_u_turn(*arc.arguments) == (angle > 1)
    assert arc.dots == pytest.approx((np.sin(np.pi * angle),) * 2, abs=1e-14)


def test_the_recorded_arcs_cover_all_four_cases():
    cases = {tuple(dot < 0 for dot in inputs["arc"].dots) for inputs in INPUTS.ENDS}
    assert len(cases) == 4
