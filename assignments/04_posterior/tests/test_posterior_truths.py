"""The truths of 04_posterior, against SciPy's densities, differences, and matrices by hand."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from course_lib.claims.loading import load

ROOT = Path(__file__).parents[3]
EXERCISES = load("04_posterior", ROOT).exercises
PACKAGE = EXERCISES["metropolis"].truth.__module__.rpartition(".")[0]
TRUTH = importlib.import_module(f"{PACKAGE}.truth")
DENSITIES = importlib.import_module(f"{PACKAGE}.numpy_densities")
change = EXERCISES["change_variables"].truth


@pytest.mark.parametrize(
    ("inverse", "y"),
    [
        ("itself", [0.3, -1.0]),
        ("log_of", [0.4, 2.5]),
        ("angle_of", [1.3]),
        ("mirrored", [0.5, -2.0]),
        ("rotated", [1.0, 2.0]),
        ("angle_and_offset_of", [0.7, -0.4]),
        ("unfunnelled", [1.2, 0.3, -0.8]),
        ("from_polar", [1.5, 0.4]),
    ],
)
def test_determinants_are_those_of_differences(inverse, y):
    y = np.array(y)
    place, log_determinant = TRUTH.inverse_of(inverse, y)
    steps = 1e-6 * np.eye(len(y))
    rows = [
        (TRUTH.inverse_of(inverse, y + e)[0] - TRUTH.inverse_of(inverse, y - e)[0]) / 2e-6
        for e in steps
    ]
    assert log_determinant == pytest.approx(np.linalg.slogdet(np.array(rows))[1], abs=1e-8)
    assert len(place) == len(y)


def test_closed_forms_are_scipys():
    assert change("standard_normal", "log_of", np.array([2.5])) == pytest.approx(
        stats.lognorm.logpdf(2.5, s=1), rel=1e-13
    )
    assert change("uniform_angle", "angle_of", np.array([1.3])) == pytest.approx(
        stats.cauchy.logpdf(1.3), rel=1e-13
    )
    rayleigh = change("standard_normal", "from_polar", np.array([1.5, 0.4])) + np.log(2 * np.pi)
    assert rayleigh == pytest.approx(stats.rayleigh.logpdf(1.5), rel=1e-13)


def test_the_lighthouse_is_a_cauchy_density():
    x = np.array([0.3, -4.0, 120.0])
    due = np.sum(stats.cauchy.logpdf(x, 1.2, np.exp(0.4)))
    assert EXERCISES["lighthouse_log_prob"].truth(x, 1.2, 0.4) == pytest.approx(due, rel=1e-13)


def test_the_matrix_that_was_worked_out_by_hand():
    proposal = np.array([[0.2, 0.5, 0.3], [0.4, 0.4, 0.2], [0.1, 0.6, 0.3]])
    due = [[0.72, 0.24, 0.04], [0.4, 0.4, 0.2], [0.1, 0.3, 0.6]]
    found = EXERCISES["transition_matrix"].truth(np.array([0.5, 0.3, 0.2]), proposal)
    assert np.allclose(found, due, atol=1e-15)


def test_metropolis_accepts_what_the_integral_says():
    """(2/π) arctan(2 / scale) on a unit normal; 40 000 steps scatter by 0.002."""
    rng = np.random.default_rng(3)
    chain, heights = EXERCISES["metropolis"].truth(rng, "normal", np.zeros(1), 2.4, 40_000)
    share = np.mean(chain[1:] != chain[:-1])
    assert share == pytest.approx(2 / np.pi * np.arctan(2 / 2.4), abs=6 * 0.0021)
    assert np.array_equal(heights, [DENSITIES.normal(place) for place in chain])


def test_a_stretch_keeps_the_volume():
    """E[z^-d z^(d-1)] is the integral of the density of z over z, which is one."""
    u = (np.arange(20_000) + 0.5) / 20_000
    answers = [EXERCISES["stretch_proposal"].truth(np.ones(3), np.zeros(3), v) for v in u[::40]]
    z = np.array([place[0] for place, _ in answers])
    factors = np.array([factor for _, factor in answers])
    assert np.mean(z**-3 * np.exp(factors)) == pytest.approx(1.0, abs=2e-3)
    assert np.mean((1 + u) ** 2 / 2) == pytest.approx(7 / 6, abs=1e-8)


def test_the_lessons_densities_are_the_truths():
    """`densities.py`, which students have, and what the truth computes with, agree in NumPy."""
    source = (ROOT / "source" / "04_posterior" / "densities.py").read_text(encoding="utf-8")
    half = source[source.index("# -----") :]
    given: dict = {}
    exec("import numpy as np\n" + half, given)  # without the first half, which needs TensorFlow
    names = [n for n in vars(DENSITIES) if n in given and n != "np" and n[0] != "_"]
    assert len(names) == 8
    for name in names:
        for q in (np.array([0.3, -0.2]), np.array([0.5, 2.0]), np.array([1e3, 0.1])):
            with np.errstate(over="ignore"):
                assert given[name](q) == getattr(DENSITIES, name)(q)
