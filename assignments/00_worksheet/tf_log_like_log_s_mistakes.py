"""Known mistakes at `tf_log_like_log_s` that are one change of the notebook's solution.

Those that need more than one change are files in `mistakes/tf_log_like_log_s/`.
"""

from __future__ import annotations

from .tf_log_like_log_s import tf_log_like_log_s

tf_log_like_log_s.mistake(
    "clipped_log_s",
    "Beyond some value, log s makes no difference in your function; every real number is allowed.",
    "tf.exp(log_s)",
    "tf.exp(tf.clip_by_value(log_s, -10.0, 10.0))",
)
tf_log_like_log_s.mistake(
    "decimal_power",
    "You undo a logarithm to base ten; this one is natural.",
    "tf.exp(log_s)",
    "10.0**log_s",
)
tf_log_like_log_s.mistake(
    "exponential_forgotten",
    "You hand log s on as if it were s; what undoes a logarithm?",
    "tf.exp(log_s)",
    "log_s",
)
tf_log_like_log_s.mistake(
    "exponential_twice",
    "The exponential is taken twice; once is enough.",
    "tf.exp(log_s)",
    "tf.exp(tf.exp(log_s))",
)
tf_log_like_log_s.mistake(
    "global_data",
    "The value does not change with the data; your function uses the notebook's x and y.",
    "x, y, m, b, tf.exp(log_s)",
    "x_tensor, y_tensor, m, b, tf.exp(log_s)",
)
tf_log_like_log_s.mistake(
    "global_line",
    "The value does not change with m and b; your function uses the notebook's.",
    "m, b, tf.exp(log_s)",
    "m_tensor, b_tensor, tf.exp(log_s)",
)
tf_log_like_log_s.mistake(
    "global_scale",
    "The value does not change with log s; your function uses the notebook's s.",
    "tf.exp(log_s)",
    "s_tensor",
)
tf_log_like_log_s.mistake(
    "half_the_precision",
    "The misfit of each point is too small or too large by a power of s; what is one over "
    "s squared in terms of log s?",
    "return tf_log_like(x, y, m, b, tf.exp(log_s))",
    "r = y - m * x - b\n"
    "    return -tf.reduce_sum(0.5 * r**2 * tf.exp(-log_s) + log_s + 0.5 * np.log(2 * "
    "np.pi))",
)
tf_log_like_log_s.mistake(
    "jacobian_added",
    "You are off by log s itself; a likelihood is a density of the data, so a new name for "
    "a parameter adds nothing.",
    "tf_log_like(x, y, m, b, tf.exp(log_s))",
    "tf_log_like(x, y, m, b, tf.exp(log_s)) + log_s",
)
tf_log_like_log_s.mistake(
    "jacobian_subtracted",
    "You are off by minus log s; a likelihood is a density of the data, so a new name for "
    "a parameter takes nothing away.",
    "tf_log_like(x, y, m, b, tf.exp(log_s))",
    "tf_log_like(x, y, m, b, tf.exp(log_s)) - log_s",
)
tf_log_like_log_s.mistake(
    "keeps_an_axis",
    "The number is right, but it comes as an array of one number; a scalar tensor has no axes.",
    "tf_log_like(x, y, m, b, tf.exp(log_s))",
    "tf_log_like(x, y, m, b, tf.exp(log_s))[tf.newaxis]",
)
tf_log_like_log_s.mistake(
    "likelihood_itself",
    "Your value is never negative; you return the likelihood, and its log is wanted.",
    "tf_log_like(x, y, m, b, tf.exp(log_s))",
    "tf.exp(tf_log_like(x, y, m, b, tf.exp(log_s)))",
)
tf_log_like_log_s.mistake(
    "log_of_the_variance",
    "You read the argument as the log of the variance; it is the log of s itself.",
    "tf.exp(log_s)",
    "tf.exp(0.5 * log_s)",
)
tf_log_like_log_s.mistake(
    "logarithm_for_exponential",
    "You take the log of something that is a log already; which function leads back to s?",
    "tf.exp",
    "tf.math.log",
)
tf_log_like_log_s.mistake(
    "missing_two_pi",
    "You wrote it out again, and off by the same amount per point; is 2π in it?",
    "return tf_log_like(x, y, m, b, tf.exp(log_s))",
    "z = (y - m * x - b) * tf.exp(-log_s)\n    return -tf.reduce_sum(0.5 * z**2 + log_s)",
)
tf_log_like_log_s.mistake(
    "negative",
    "The number has the right size and the wrong sign; the minus for the optimiser comes later.",
    "tf_log_like(x, y, m, b, tf.exp(log_s))",
    "-tf_log_like(x, y, m, b, tf.exp(log_s))",
)
tf_log_like_log_s.mistake(
    "new_variable_inside",
    "The number is right, but you copy the parameters into new Variables, and TensorFlow "
    "cannot look behind a copy.",
    "return tf_log_like(x, y, m, b, tf.exp(log_s))",
    "s = tf.Variable(tf.exp(log_s), dtype=T)\n"
    "    slope, intercept = tf.Variable(m), tf.Variable(b)\n"
    "    return tf_log_like(x, y, slope, intercept, s)",
)
tf_log_like_log_s.mistake(
    "numpy_exponential",
    "The number is right, but `np.exp` left TensorFlow, so there is no derivative by log s.",
    "tf.exp(log_s)",
    "tf.constant(np.exp(log_s), dtype=T)",
)
tf_log_like_log_s.mistake(
    "numpy_throughout",
    "The number is right, but NumPy computed it, so TensorFlow has nothing to differentiate.",
    "tf_log_like(x, y, m, b, tf.exp(log_s))",
    "tf.constant(np_log_like(x.numpy(), y.numpy(), m.numpy(), b.numpy(), np.exp(log_s.numpy())))",
)
tf_log_like_log_s.mistake(
    "padded_scale",
    "For a tiny s you are wrong; the small number that you add for safety is not in the formula.",
    "tf.exp(log_s)",
    "tf.exp(log_s) + 1e-8",
)
tf_log_like_log_s.mistake(
    "price_paid_once",
    "With one point you are right, and with more the price of a large s is too low; how "
    "many points pay log s?",
    "return tf_log_like(x, y, m, b, tf.exp(log_s))",
    "z = (y - m * x - b) * tf.exp(-log_s)\n"
    "    return -tf.reduce_sum(0.5 * z**2 + 0.5 * np.log(2 * np.pi)) - log_s",
)
tf_log_like_log_s.mistake(
    "price_with_wrong_sign",
    "A large s is rewarded instead of paid for; look at the sign of log s.",
    "return tf_log_like(x, y, m, b, tf.exp(log_s))",
    "z = (y - m * x - b) * tf.exp(-log_s)\n"
    "    return -tf.reduce_sum(0.5 * z**2 + 0.5 * np.log(2 * np.pi) - log_s)",
)
tf_log_like_log_s.mistake(
    "returns_a_float",
    "The number is right, but it is a Python float; with `.numpy()` the tensor's memory is gone.",
    "tf_log_like(x, y, m, b, tf.exp(log_s))",
    "float(tf_log_like(x, y, m, b, tf.exp(log_s)).numpy())",
)
tf_log_like_log_s.mistake(
    "sign_of_log_s_lost",
    "You are right on one side of log s = 0 only; its sign says whether s is below or above one.",
    "tf.exp(log_s)",
    "tf.exp(tf.abs(log_s))",
)
tf_log_like_log_s.mistake(
    "single_precision_exponential",
    "About seven digits are right and no more; the exponential is taken in float32.",
    "return tf_log_like(x, y, m, b, tf.exp(log_s))",
    "s = tf.cast(tf.exp(tf.cast(log_s, tf.float32)), tf.float64)\n"
    "    return tf_log_like(x, y, m, b, s)",
)
tf_log_like_log_s.mistake(
    "slope_and_intercept_swapped",
    "You hand b on where m is expected; compare the order of the arguments.",
    "m, b, tf.exp(log_s)",
    "b, m, tf.exp(log_s)",
)
tf_log_like_log_s.mistake(
    "small_scale_cancelled",
    "For a very small s the digits are gone: to subtract one and to add it again rounds "
    "everything below it away.",
    "tf.exp(log_s)",
    "tf.math.expm1(log_s) + 1.0",
)
tf_log_like_log_s.mistake(
    "softplus",
    "For very negative log s you are nearly right, and else not; softplus makes a number "
    "positive, but it does not undo a log.",
    "tf.exp",
    "tf.math.softplus",
)
tf_log_like_log_s.mistake(
    "variance_for_scale",
    "You hand on the variance where s is expected; is there a 2 too many in your exponent?",
    "tf.exp(log_s)",
    "tf.exp(2.0 * log_s)",
)
tf_log_like_log_s.mistake(
    "x_and_y_swapped",
    "You hand y on where x is expected; compare the order of the arguments.",
    "x, y, m, b, tf.exp(log_s)",
    "y, x, m, b, tf.exp(log_s)",
)
