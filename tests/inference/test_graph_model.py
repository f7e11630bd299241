"""TFModel with a tf.compat.v1 graph: the 2018 worksheet, in each of TensorFlow's old modes."""

import subprocess
import sys

import numpy as np
import pytest
import tensorflow as tf

from course_lib.inference import ModelError, TFModel, maximize

v1 = tf.compat.v1

WORKSHEET = """
import numpy as np, tensorflow as tf
from course_lib.inference import TFModel
v1 = tf.compat.v1
{mode}
rng = np.random.RandomState(123)
x = np.sort(rng.uniform(-1, 1, 50))
y = -0.4 * x + 0.03 + 0.1 * rng.randn(50)
m, b, log_s = [{variable}(v, dtype=tf.float64) for v in (-0.4, 0.03, np.log(0.1))]
s = tf.exp(log_s)
log_like = -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
model = TFModel(log_like, [m, b, log_s])
with v1.Session() as session:
    session.run(v1.global_variables_initializer())
    model.setup(session)
    theta = model.current_vector()
    steeper = theta + np.array([0.5, 0, 0])
    print(model.value(theta), model.value(steeper), *model.gradient(theta))
    print(*session.run([m, b, log_s]))
"""
MODES = {
    "reference variables": ("v1.disable_v2_behavior()", "v1.Variable"),
    "resource variables": ("v1.disable_eager_execution()", "tf.Variable"),
}


@pytest.mark.parametrize("mode", MODES)
def test_value_and_gradient_of_2018(mode):
    """In a process of its own, because these switches cannot be undone."""
    switch, variable = MODES[mode]
    code = WORKSHEET.format(mode=switch, variable=variable)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    numbers, unchanged = (list(map(float, line.split())) for line in done.stdout.splitlines())
    expected = [38.043974115093675, -121.37882419883077]
    np.testing.assert_allclose(numbers[:2], expected, rtol=1e-12)
    # Σ r x/s², Σ r/s², Σ r²/s² − n in 40 digits (printed in 2018: -48.6057, 52.6399); the third
    # cancels from 62 to 12, and s = exp(log 0.1) is off by one rounding: both far below 1e-12.
    np.testing.assert_allclose(
        numbers[2:], [-48.605709606726428, 52.639904617764414, 12.276707748749954], rtol=1e-12
    )
    np.testing.assert_array_equal(unchanged, [-0.4, 0.03, np.log(0.1)])


def test_shapes_rows_and_optimiser_work_in_a_graph():
    with tf.Graph().as_default(), v1.Session() as session:
        w = tf.Variable([[1.0, 2.0]], dtype=tf.float64, name="w")
        t = tf.Variable(3.0, dtype=tf.float64)
        model = TFModel(-tf.reduce_sum((w - 1) ** 2) - t**2, [w, t])
        session.run(v1.global_variables_initializer())
        model.setup(session)
        assert model.names == ["w[0,0]", "w[0,1]", "parameter 1"]
        np.testing.assert_array_equal(model.current_vector(), [1, 2, 3])
        np.testing.assert_array_equal(model.value([[1, 2, 3], [1, 1, 0]]), [-10, 0])
        np.testing.assert_array_equal(model.gradient([[1, 2, 3]]), [[0, -2, -6]])
        # a quadratic: L-BFGS-B's projected gradient is below its own limit of 1e-5
        np.testing.assert_allclose(maximize(model).x, [1, 1, 0], rtol=0, atol=1e-5)


def test_without_a_session_it_says_what_to_call():
    with tf.Graph().as_default():
        q = tf.Variable(1.0, dtype=tf.float64)
        model = TFModel(-(q**2), [q])
        with pytest.raises(ModelError, match=r"call model\.setup"):
            model.value([1.0])


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda q, r: q * np.ones(3), r"float64 of shape \(3,\)"),
        (lambda q, r: tf.cast(q, tf.float32), "float32 of shape"),
        (lambda q, r: -(q**2), "no gradient for 'r'"),
    ],
)
def test_traps_are_named(build, message):
    with tf.Graph().as_default():
        q, r = (tf.Variable(1.0, dtype=tf.float64, name=name) for name in "qr")
        with pytest.raises(ModelError, match=message):
            TFModel(build(q, r), [q, r])
