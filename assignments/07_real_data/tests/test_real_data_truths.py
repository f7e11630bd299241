"""The truths of 07_real_data, against thirty digits, differences, quadrature and the paper."""

from __future__ import annotations

import base64
import csv
import importlib
import importlib.util
import json
from io import BytesIO
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import posterior_grid
import pytest
from mpmath import exp, log, mp, mpf, pi, sqrt
from scipy.optimize import minimize

from course_lib.claims.loading import load

ROOT = Path(__file__).parents[3]
LESSON = ROOT / "source" / "07_real_data"
EXERCISES = load("07_real_data", ROOT).exercises
MIXTURE, OUTLIERS = EXERCISES["mixture_log_like"], EXERCISES["outlier_probability"]
PACKAGE = MIXTURE.truth.__module__.rpartition(".")[0]
TRUTH = importlib.import_module(f"{PACKAGE}.truth")
INPUTS = importlib.import_module(f"{PACKAGE}.inputs")
TABLE = INPUTS.TABLE

mp.dps = 60


def module_at(path: Path):
    """The module in a file that is on no path."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_is_the_same_in_three_places():
    """In the inputs, in the lesson's file, and in the lesson's text; its columns by their sums."""
    rows = list(csv.DictReader((LESSON / "hogg_bovy_lang_2010.csv").open(encoding="utf-8")))
    columns = {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
    text = (LESSON / "real_data.nb.py").read_text(encoding="utf-8")
    given: dict = {"np": np}
    exec(text[text.index("x_data = ") : text.index("# %%", text.index("s_data = "))], given)
    names = zip(("x", "y", "sigma_y"), ("x_data", "y_data", "s_data"), TABLE, strict=True)
    for in_file, in_text, part in names:
        assert np.array_equal(columns[in_file], part)
        assert np.array_equal(given[in_text], part)
    assert len(rows) == 20
    assert {name: round(float(np.sum(part)), 2) for name, part in columns.items()} == {
        "x": 3463,
        "y": 8389,
        "sigma_y": 540,
        "sigma_x": 131,
        "rho_xy": -0.94,
    }


@pytest.mark.parametrize("published", INPUTS.PUBLISHED)
def test_fits_are_the_published_ones(published):
    line, covariance = EXERCISES["fit_weighted"].truth(*published["data"])
    errors = np.sqrt(np.diag(covariance))
    found = round(line[0], 2), round(errors[0], 2), round(line[1]), round(errors[1])
    assert found == published["printed"]


def test_a_fit_is_that_of_polyfit():
    x, y, sigma = TABLE
    line, covariance = EXERCISES["fit_weighted"].truth(*TABLE)
    due, due_covariance = np.polyfit(x, y, 1, w=1 / sigma, cov="unscaled")
    assert np.allclose(line, due, rtol=1e-11)
    assert np.allclose(covariance, due_covariance, rtol=1e-11)


def precise(mixture, **changed):
    """The log likelihood in sixty digits, from exactly these numbers, or from changed ones."""
    numbers = {name: mpf(float(getattr(mixture, name))) for name in mixture._fields[3:]} | changed
    m, b, logit_p, y_b, log_s_b = numbers.values()
    p, q = 1 / (1 + exp(-logit_p)), 1 / (1 + exp(logit_p))
    total = mpf(0)
    for x, y, s in zip(*(part.tolist() for part in mixture[:3]), strict=True):
        v = mpf(s) ** 2 + exp(2 * log_s_b)
        good = exp(-((mpf(y) - m * mpf(x) - b) ** 2) / (2 * mpf(s) ** 2)) / (mpf(s) * sqrt(2 * pi))
        bad = exp(-((mpf(y) - y_b) ** 2) / (2 * v)) / sqrt(2 * pi * v)
        total += log(q * good + p * bad)
    return total


def differences(mixture):
    """Derivatives of `precise` by the five parameters, by differences of step 1e-20."""
    step, found = mpf(10) ** -20, []
    for name in ("m", "b", "logit_p", "y_b", "log_s_b"):
        at = mpf(float(getattr(mixture, name)))
        ends = [precise(mixture, **{name: at + sign * step}) for sign in (1, -1)]
        found.append(float((ends[0] - ends[1]) / (2 * step)))
    return np.array(found)


def random_mixture(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 5)) * 3
    sigma = 10.0 ** rng.uniform(-2, 1, 5)
    return INPUTS.Mixture(x, y, sigma, *rng.normal(size=2), rng.normal() * 3, *rng.normal(size=2))


ALL = [random_mixture(seed) for seed in range(12)] + [one["mixture"] for one in INPUTS.EXTREME]


@pytest.mark.parametrize("mixture", ALL)
def test_the_mixture_is_right_to_rounding(mixture):
    """Within a quarter of what a claim allows, everyday inputs and extremes alike."""
    bar = 50 * np.finfo(float).eps
    with np.errstate(under="ignore"):
        value, (gradient, scale) = MIXTURE.truth(*mixture), slopes(mixture)
    assert abs(value - float(precise(mixture))) <= bar * TRUTH.value_scale(*mixture)
    assert np.all(np.abs(gradient - differences(mixture)) <= bar * scale)


def slopes(mixture):
    """The truth's gradient, and its scale."""
    return MIXTURE.gradient_truth(*mixture), TRUTH.gradient_scale(*mixture)


def test_the_density_of_a_point_has_area_one():
    y = np.linspace(-12, 20, 65)
    at = (1.5, -3.0, -0.4, 3.0, 0.5 * np.log(3.0))
    heights = [MIXTURE.truth(np.array([2.0]), np.array([v]), np.ones(1), *at) for v in y]
    assert np.sum(np.exp(heights)) * (y[1] - y[0]) == pytest.approx(1.0, abs=1e-12)


def test_shares_are_the_derivative_by_the_logit():
    """d log L / d logit p of one point is its probability to be bad, less p."""
    mixture = INPUTS.ON_THE_TABLE
    due = OUTLIERS.truth(*TABLE, np.array([mixture.theta]))
    for n in range(20):
        one = mixture._replace(**{k: getattr(mixture, k)[n : n + 1] for k in ("x", "y", "sigma_y")})
        p = 1 / (1 + np.exp(-mixture.logit_p))
        assert MIXTURE.gradient_truth(*one)[2] + p == pytest.approx(due[n], abs=1e-13)


def test_far_points_and_certain_weights_have_certain_answers():
    found = [OUTLIERS.truth(*inputs["drawn"]) for inputs in (*INPUTS.FAR, *INPUTS.CERTAIN)]
    assert all(np.all((p >= 0) & (p <= 1)) for p in found)
    assert found[0][0] == 1
    assert np.all(found[2] < 1e-300)
    assert np.all(found[3] == 0)
    assert np.all(found[4] == 1)


def test_fakes_have_the_moments_of_the_mixture():
    """The mean, and the variance about it, of 20 000 faked points each: six sigmas."""
    theta, k = np.array([1.0, 2.0, -1.0, 6.0, 0.5]), 20_000
    x, sigma = np.array([0.0, 3.0]), np.array([0.5, 2.0])
    fakes = EXERCISES["replicate"].truth(np.random.default_rng(5), x, sigma, np.tile(theta, (k, 1)))
    p, line, v = 1 / (1 + np.e), x + 2.0, sigma**2 + np.exp(1.0)
    mean = (1 - p) * line + p * 6.0
    variance = (1 - p) * (sigma**2 + line**2) + p * (v + 36.0) - mean**2
    assert np.all(np.abs(np.mean(fakes, axis=0) - mean) < 6 * np.sqrt(variance / k))
    assert np.allclose(np.var(fakes, axis=0), variance, rtol=0.1)


STORED = {  # mean and standard deviation, as the lesson prints them
    "m": (2.2439, 0.1217),
    "b": (34.06, 19.95),
    "p": (0.2915, 0.1269),
    "y_b": (446.76, 60.22),
    "log_s_b": (4.5604, 0.4687),
}
# fmt: off
STORED_OUTLIERS = (
    0.284, 1, 1, 1, 0.084, 0.013, 0.154, 0.125, 0.151, 0.236,
    0.081, 0.313, 0.181, 0.052, 0.116, 0.243, 0.170, 0.071, 0.069, 0.071,
)
# fmt: on


def agree_with_the_stored(found, digits):
    for name, (mean, sd) in STORED.items():
        assert found.mean[name] == pytest.approx(mean, abs=digits * sd), name
        assert found.sd[name] == pytest.approx(sd, rel=digits), name


def test_the_posterior_is_the_stored_one():
    """On a coarse grid, to a hundredth of an error bar."""
    found = posterior_grid.on_the_hill((25, 25, 24, 19, 17), tuple(TABLE))
    agree_with_the_stored(found, 0.01)
    assert np.allclose(found.outliers, STORED_OUTLIERS, atol=0.004)
    assert all(f'"{name}": ({mean}, {sd})' in lesson_text() for name, (mean, sd) in STORED.items())


@pytest.mark.slow
def test_the_stored_posterior_is_right_to_its_digits():
    """Two fine grids, to a thousandth of an error bar; one draw in 7000 is not on the hill."""
    for sizes in ((35, 43, 32, 37, 25), (41, 49, 36, 33, 23)):
        found = posterior_grid.on_the_hill(sizes, tuple(TABLE))
        agree_with_the_stored(found, 0.001)
        assert np.allclose(found.outliers, STORED_OUTLIERS, atol=0.0006)
    beyond = posterior_grid.beyond_the_hill((161, 131), (20, 12, 10), tuple(TABLE))
    assert found.total / beyond == pytest.approx(7000, rel=0.15)


@pytest.mark.parametrize(("with_log", "slope"), [(True, 2.26), (False, 2.20)])
def test_lines_with_errors_in_both_are_those_of_the_open_problem(with_log, slope):
    """And exchanging x and y gives the same line, as the lesson says of a right answer."""
    path = LESSON / "hogg_bovy_lang_2010.csv"
    x, y, s_y, s_x, rho = np.loadtxt(path, delimiter=",", skiprows=1).T[:, 4:]

    def misfit(line, x, y, s_x, s_y):
        across = np.array([-np.sin(line[0]), np.cos(line[0])])
        off = across[0] * (x - x.mean()) + across[1] * (y - y.mean()) - line[1]
        width = (across[0] * s_x) ** 2 + (across[1] * s_y) ** 2
        width = width + 2 * across[0] * across[1] * rho * s_x * s_y
        return 0.5 * np.sum(off**2 / width + (np.log(width) if with_log else 0))

    options = {"xatol": 1e-8, "fatol": 1e-11}
    found = [
        minimize(misfit, [angle, 0.0], data, "Nelder-Mead", options=options).x[0]
        for angle, data in ((1.1, (x, y, s_x, s_y)), (0.4, (y, x, s_y, s_x)))
    ]
    assert np.tan(found[0]) == pytest.approx(slope, abs=0.005)
    assert found[0] + found[1] == pytest.approx(np.pi / 2, abs=1e-6)
    other_way, _ = EXERCISES["fit_weighted"].truth(y, x, s_x)
    assert 1 / other_way[0] == pytest.approx(2.64, abs=0.005)


def lesson_text() -> str:
    return (LESSON / "real_data.nb.py").read_text(encoding="utf-8")


def test_the_last_page_shows_what_is_there_and_names_what_is_not(tmp_path, capsys):
    """One lesson with a picture, one without, one that is no notebook; all others are missing."""
    album = module_at(LESSON / "album.py")
    picture = BytesIO()
    plt.imsave(picture, np.zeros((2, 3)), format="png")
    png = base64.b64encode(picture.getvalue()).decode()
    output = {"output_type": "display_data", "data": {"image/png": png}}
    for name, text in (
        ("likelihood", json.dumps({"cells": [{"source": ["plot"], "outputs": [output]}]})),
        ("gradients", json.dumps({"cells": [{"source": "plot", "outputs": []}]})),
        ("optimise", "not a notebook"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.ipynb").write_text(text, encoding="utf-8")
    drawn = []
    album.shown(drawn.append, tmp_path)
    plt.close("all")
    said = capsys.readouterr().out
    titles = [title for title, _ in album.LESSONS.values()]
    assert titles[1] not in said
    assert all(title in said for title in titles if title != titles[1])
    assert len(drawn) == 1
