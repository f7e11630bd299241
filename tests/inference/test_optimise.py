"""`minimize` and `maximize`: the worksheet's fit, from SciPy, with TensorFlow's gradient."""

import numpy as np
import pytest

from course_lib.inference import TFModel, maximize, minimize


def test_maximum_likelihood_of_2018(log_like, variables, worksheet_data):
    """The truth is the closed form: a least-squares line and the rms of its residuals."""
    model = TFModel(log_like, variables)
    before = model.current_vector()
    best = maximize(model)
    x, y = worksheet_data
    line = np.polyfit(x, y, 1)
    rms = np.sqrt(np.mean((y - np.polyval(line, x)) ** 2))
    assert best.success
    # L-BFGS-B stops when a step gains less than 2.2e-9 of the value (39.8): 9e-8 in log likelihood,
    # so within √(2·9e-8) = 4e-4 standard errors of the optimum.
    errors = [0.035, 0.016, 0.1]
    np.testing.assert_array_less(np.abs(best.x - [*line, np.log(rms)]), 4e-4 * np.array(errors))
    np.testing.assert_allclose(best.fun, 39.8254388012575, rtol=1e-12)
    assert (best.nit, best.nfev) == (10, 12)
    np.testing.assert_array_equal(model.current_vector(), before)


def test_minimize_is_maximize_of_the_negative(log_like, variables):
    up = maximize(TFModel(log_like, variables))
    down = minimize(TFModel(lambda m, b, log_s: -log_like(m, b, log_s), variables))
    np.testing.assert_array_equal(up.x, down.x)
    assert up.fun == -down.fun
    np.testing.assert_array_equal(up.jac, -down.jac)


def test_takes_a_start_and_scipy_options():
    best = minimize(lambda q: (float((q - 3) @ (q - 3)), 2 * (q - 3)), [0.0], bounds=[(None, 2.0)])
    assert best.x == [2.0]


def test_a_start_without_a_finite_value_is_named():
    with pytest.raises(ValueError, match=r"log_prob is nan at the start \(q\[0\] = 1\)"):
        minimize(lambda q: (np.nan, q), [1.0])
