"""TFModel: values and gradients, no mutation, one trace, and clear errors for common mistakes."""

import numpy as np
import pytest
import tensorflow as tf

from course_lib.inference import ModelError, TFModel

# Graph and eager differ in the last bits of a 50-term sum: COURSE.md compares with 1e-12 at most.
RTOL = 1e-12


def test_reproduces_the_numbers_of_2018(log_prob, variables):
    model = TFModel(log_prob, variables)
    theta = model.current_vector()
    np.testing.assert_allclose(theta, [-0.4, 0.03, np.log(0.1)], rtol=0)
    np.testing.assert_allclose(model.value(theta), 37.821344107416266, rtol=RTOL)
    # printed with nine digits
    np.testing.assert_allclose(
        model.gradient(theta), [-47.57122685, 52.63990462, 12.27670775], rtol=1e-9
    )


def test_value_and_gradient_agree_with_value_and_with_gradient(worksheet_model):
    theta = np.array([-0.3, 0.1, -2.0])
    value, gradient = worksheet_model.value_and_gradient(theta)
    np.testing.assert_allclose(value, worksheet_model.value(theta), rtol=RTOL)
    np.testing.assert_array_equal(gradient, worksheet_model.gradient(theta))
    assert isinstance(value, float) and isinstance(worksheet_model.value(theta), float)
    assert gradient.dtype == np.float64 and type(gradient) is np.ndarray


@pytest.mark.parametrize("k", [0, 1, 7])
def test_rows_in_one_call_equal_single_calls(worksheet_model, k):
    thetas = np.array([-0.4, 0.03, -2.3]) + np.random.default_rng(k).normal(size=(k, 3))
    values, gradients = worksheet_model.value_and_gradient(thetas)
    assert values.shape == (k,) and gradients.shape == (k, 3)
    singles = [worksheet_model.value_and_gradient(theta) for theta in thetas]
    np.testing.assert_allclose(worksheet_model.value(thetas), [v for v, _ in singles], rtol=RTOL)
    np.testing.assert_allclose(values, [v for v, _ in singles], rtol=RTOL)
    for row, (_, single) in zip(gradients, singles, strict=True):
        # the gradient's 50 terms cancel: allow the last bits of its largest component
        np.testing.assert_allclose(row, single, rtol=RTOL, atol=RTOL * np.abs(single).max())


def test_mutates_nothing(log_prob, variables):
    model = TFModel(log_prob, variables)
    before = [v.numpy() for v in variables]
    theta = np.array([0.1, 0.2, -1.0])
    model.value(theta), model.gradient(theta), model.value(theta[None])
    assert [v.numpy() for v in variables] == before
    np.testing.assert_array_equal(theta, [0.1, 0.2, -1.0])


def test_current_vector_follows_the_variables(log_prob, variables):
    model = TFModel(log_prob, variables)
    variables[1].assign(7.0)
    assert model.current_vector()[1] == 7.0


def test_the_function_is_run_once_however_often_the_model_is_called():
    runs = []

    def log_prob(q):
        runs.append(1)
        return -0.5 * q**2

    model = TFModel(log_prob, [0.0])
    for k in range(1, 5):
        model.value([0.1 * k]), model.gradient([0.1 * k])
        model.value(np.full((k, 1), 0.1)), model.gradient(np.full((k, 1), 0.1))
    # one run for a scalar argument; the batched forms trace the same signature again at most once
    assert len(runs) <= 2


def test_parameters_may_have_any_shape():
    weights = tf.Variable(np.arange(6.0).reshape(2, 3))
    scale = tf.Variable([2.0], dtype=tf.float64)
    model = TFModel(
        lambda w, s, t: tf.reduce_sum(w**2) * s[0] + t, [weights, scale, np.float64(5.0)]
    )
    theta = model.current_vector()
    np.testing.assert_array_equal(theta, [0, 1, 2, 3, 4, 5, 2, 5])
    assert model.names == ["w[0,0]", "w[0,1]", "w[0,2]", "w[1,0]", "w[1,1]", "w[1,2]", "s[0]", "t"]
    assert model.value(theta) == 115.0
    np.testing.assert_array_equal(model.gradient(theta), [0, 4, 8, 12, 16, 20, 55, 1])
    np.testing.assert_array_equal(model.value(np.stack([theta, 0 * theta])), [115.0, 0.0])


def test_counts_the_points_at_which_it_was_evaluated():
    model = TFModel(lambda q: -(q**2), [1.0])
    model.value([1.0])
    model.value_and_gradient([2.0])
    model.value(np.ones((32, 1)))
    assert model.evaluations == 34


def test_a_python_branch_on_a_parameter_works():
    def log_prob(q):
        if q > 0:
            return -(q**2)
        return -2 * q**2

    model = TFModel(log_prob, [1.0])
    assert [model.value([2.0]), model.value([-2.0])] == [-4.0, -8.0]
    np.testing.assert_array_equal(model.value([[2.0], [-2.0]]), [-4.0, -8.0])
    np.testing.assert_array_equal(model.gradient([[2.0], [-2.0]]), [[-4.0], [8.0]])


def test_rows_work_for_an_operation_that_cannot_be_vectorised():
    @tf.custom_gradient
    def square(q):
        value = tf.numpy_function(np.square, [q], tf.float64, stateful=True)
        value.set_shape([])
        return value, lambda g: g * 2 * q

    model = TFModel(lambda q: -square(q), [1.0])
    np.testing.assert_array_equal(model.value([[2.0], [3.0]]), [-4.0, -9.0])
    np.testing.assert_array_equal(model.gradient([[2.0], [3.0]]), [[-4.0], [-6.0]])


def test_xla_gives_the_same_numbers(log_prob):
    plain, compiled = (TFModel(log_prob, [-0.4, 0.03, -2.3], jit_compile=j) for j in (False, True))
    theta = plain.current_vector()
    np.testing.assert_allclose(compiled.value(theta), plain.value(theta), rtol=RTOL)
    np.testing.assert_allclose(
        compiled.gradient(theta), plain.gradient(theta), rtol=0, atol=RTOL * 53
    )


def test_accepts_a_function_that_is_traced_already():
    traced = tf.function(lambda m, b: m * b)
    model = TFModel(traced, [2.0, 3.0])
    assert model.names == ["m", "b"]
    np.testing.assert_array_equal(model.gradient([2.0, 3.0]), [3.0, 2.0])


TRAPS = {
    "a vector": (lambda q: q * np.ones(3), [1.0], r"scalar, got shape \(3,\).*reduce_sum"),
    "a float32 result": (lambda q: tf.cast(q, tf.float32), [1.0], "float64, got float32"),
    "a float32 constant": (
        lambda q: q + tf.math.log(2 * np.pi),
        [1.0],
        "constant is float32",
    ),
    "a float32 parameter": (lambda m, b: m, [1.0, tf.Variable(1.0)], "'b' is float32"),
    "an integer parameter": (lambda m, b: m, [1, 1.0], "'m' is int64"),
    "an argument not used": (lambda m, b: -(m**2), [1.0, 2.0], "no gradient for 'b'"),
    "a cut gradient": (
        lambda m, b: -(m**2) - tf.stop_gradient(b),
        [1.0, 2.0],
        "no gradient for 'b'",
    ),
    "np.log": (lambda s: np.log(s), [1.0], "tf.math twin"),
    ".numpy()": (lambda s: s.numpy() * s, [1.0], "tf.math twin"),
    "no arguments": (lambda: 0.0, [1.0], "cannot take the 1 parameters"),
    "too few arguments": (lambda m: m, [1.0, 2.0], "cannot take the 2 parameters"),
    "a tuple": (lambda q: (q, q), [1.0], "one tensor, got tuple"),
    "a number": (tf.constant(1.0, tf.float64), [1.0], "computed already"),
    "no parameters": (lambda: 0.0, [], "no parameters"),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_a_common_mistake_is_explained(trap):
    log_prob, parameters, message = TRAPS[trap]
    with pytest.raises(ModelError, match=f"(?s){message}"):
        TFModel(log_prob, parameters).gradient(np.ones(len(parameters)))


@pytest.mark.parametrize("shape", [(), (2,), (4,), (5, 2), (1, 1, 3)])
def test_a_vector_of_the_wrong_length_is_refused(worksheet_model, shape):
    with pytest.raises(ModelError, match=r"expected 3 numbers \(m, b, log_s\)"):
        worksheet_model.value(np.zeros(shape))


def test_the_traps_show_in_batched_calls_too():
    with pytest.raises(ModelError, match="no gradient for 'b'"):
        TFModel(lambda m, b: -(m**2), [1.0, 2.0]).gradient(np.ones((3, 2)))
    with pytest.raises(ModelError, match="scalar"):
        TFModel(lambda q: q * np.ones(3), [1.0]).value(np.ones((3, 1)))


def test_a_function_needs_no_session(worksheet_model):
    with pytest.raises(ModelError, match="needs no session"):
        worksheet_model.setup(None)
