"""Known mistakes at `log_prior`: each is one change of the notebook's solution."""

from __future__ import annotations

from .log_prior import log_prior

log_prior.mistake(
    "absolute_for_square",
    "Lines of slope m and −m are treated alike, as they should be, but the slope enters "
    "without its square.",
    "m**2",
    "tf.abs(m)",
)
log_prior.mistake(
    "angle_only",
    "Your prior is uniform in the line's angle, but a line also has a distance from the "
    "origin, and it must be uniform in that too.",
    "-1.5 * tf.math.log(1.0 + m**2)",
    "-tf.math.log(1.0 + m**2)",
)
log_prior.mistake(
    "bounded_scale",
    "Beyond some scale nothing is possible in your prior; log s may be any real number.",
    "return -1.5 * tf.math.log(1.0 + m**2)",
    "inside = -1.5 * tf.math.log(1.0 + m**2)\n"
    "    return tf.where(tf.abs(log_s) < 20.0, inside, tf.constant(-np.inf, dtype=T))",
)
log_prior.mistake(
    "bounded_slope",
    "Beyond some slope nothing is possible in your prior; the formula has no such wall.",
    "return -1.5 * tf.math.log(1.0 + m**2)",
    "inside = -1.5 * tf.math.log(1.0 + m**2)\n"
    "    return tf.where(tf.abs(m) < 100.0, inside, tf.constant(-np.inf, dtype=T))",
)
log_prior.mistake(
    "broad_gaussian_in_b",
    "Your prior changes a little with b; even a very broad Gaussian is not flat.",
    "tf.math.log(1.0 + m**2)",
    "tf.math.log(1.0 + m**2) - 0.5 * (b / 100.0) ** 2",
)
log_prior.mistake(
    "broad_gaussian_in_log_s",
    "Your prior changes a little with log s; even a very broad Gaussian is not flat.",
    "tf.math.log(1.0 + m**2)",
    "tf.math.log(1.0 + m**2) - 0.5 * (log_s / 10.0) ** 2",
)
log_prior.mistake(
    "clipped_slope",
    "Beyond some slope your prior no longer falls; the formula has no such limit.",
    "m**2",
    "tf.clip_by_value(m, -1e3, 1e3) ** 2",
)
log_prior.mistake(
    "decimal_log",
    "You are off by a constant factor of less than one half; to which base is your log?",
    "tf.math.log(1.0 + m**2)",
    "tf.math.log(1.0 + m**2) / np.log(10.0)",
)
log_prior.mistake(
    "flat",
    "All slopes are alike to you; the text says why that is not innocent.",
    "-1.5 * tf.math.log(1.0 + m**2)",
    "0.0 * m",
)
log_prior.mistake(
    "flat_in_s",
    "Your prior rises with log s, as if s itself were uniform; here log s is.",
    "tf.math.log(1.0 + m**2)",
    "tf.math.log(1.0 + m**2) + log_s",
)
log_prior.mistake(
    "for_small_slopes_only",
    "For flat lines you are right to first order, and for steep ones far off; do not "
    "expand the log.",
    "tf.math.log(1.0 + m**2)",
    "m**2",
)
log_prior.mistake(
    "gaussian",
    "Steep lines are far too improbable; this is a Gaussian in the slope, which knows "
    "nothing of angles.",
    "-1.5 * tf.math.log(1.0 + m**2)",
    "-0.5 * m**2",
)
log_prior.mistake(
    "global_slope",
    "Your prior does not change with m; it looks at the notebook's slope, not at its argument.",
    "tf.math.log(1.0 + m**2)",
    "tf.math.log(1.0 + m_tensor**2) + 0.0 * m",
)
log_prior.mistake(
    "half_for_three_halves",
    "Steep lines are too probable, by a factor that grows as m²; read the exponent again.",
    "1.5",
    "0.5",
)
log_prior.mistake(
    "half_forgotten",
    "You are off by a constant factor; read the exponent again, half and all.",
    "1.5",
    "3.0",
)
log_prior.mistake(
    "integer_division",
    "You are off by a constant factor: in Python, `//` rounds down, so that `-3 // 2` is -2.",
    "1.5",
    "3 // 2",
)
log_prior.mistake(
    "intercept_for_slope",
    "Your prior changes with b and not with m; which of the two is the slope?",
    "tf.math.log(1.0 + m**2)",
    "tf.math.log(1.0 + b**2) + 0.0 * m",
)
log_prior.mistake(
    "intercept_included",
    "Your prior falls as b grows; only the slope has a say in it.",
    "m**2",
    "m**2 + b**2",
)
log_prior.mistake(
    "keeps_an_axis",
    "The number is right, but it comes as an array of one number; a scalar tensor has no axes.",
    "m**2",
    "tf.reshape(m, [1]) ** 2",
)
log_prior.mistake(
    "not_logged",
    "Your value is never negative; you return the prior, and its log is asked for.",
    "-1.5 * tf.math.log(1.0 + m**2)",
    "(1.0 + m**2) ** -1.5",
)
log_prior.mistake(
    "numpy_log",
    "The number is right, but `np.log` left TensorFlow, so the prior has no slope.",
    "-1.5 * tf.math.log(1.0 + m**2)",
    "tf.constant(-1.5 * np.log(1.0 + m.numpy() ** 2), dtype=T)",
)
log_prior.mistake(
    "one_forgotten",
    "A flat line is infinitely probable in your prior; what stands beside m² in the formula?",
    "1.0 + m**2",
    "m**2",
)
log_prior.mistake(
    "per_scale",
    "Your prior falls with log s; a prior that is constant in log s needs no term for it.",
    "tf.math.log(1.0 + m**2)",
    "tf.math.log(1.0 + m**2) - log_s",
)
log_prior.mistake(
    "returns_a_float",
    "The number is right, but it is a Python float; with `.numpy()` the tensor's memory is gone.",
    "-1.5 * tf.math.log(1.0 + m**2)",
    "float((-1.5 * tf.math.log(1.0 + m**2)).numpy())",
)
log_prior.mistake(
    "returns_single_precision",
    "Your value comes back as float32; the rest of the worksheet computes in float64.",
    "-1.5 * tf.math.log(1.0 + m**2)",
    "tf.cast(-1.5 * tf.math.log(1.0 + m**2), tf.float32)",
)
log_prior.mistake(
    "single_precision",
    "About seven digits are right and no more; somewhere your slope is cast to float32.",
    "-1.5 * tf.math.log(1.0 + m**2)",
    "tf.cast(-1.5 * tf.math.log(1.0 + tf.cast(m, tf.float32) ** 2), tf.float64)",
)
log_prior.mistake(
    "slight_tilt",
    "It is meant to be flat in log s, and is a little tilted.",
    "tf.math.log(1.0 + m**2)",
    "tf.math.log(1.0 + m**2) + 1e-7 * log_s",
)
log_prior.mistake(
    "square_forgotten",
    "Lines of slope m and −m are not treated alike; what stands beside the one?",
    "m**2",
    "m",
)
log_prior.mistake(
    "steep_cut_off",
    "Steep lines are improbable, and none is impossible: beyond a slope yours is minus infinity.",
    "-1.5 * tf.math.log(1.0 + m**2)",
    "tf.where(tf.abs(m) > 20.0, tf.constant(-np.inf, T), -1.5 * tf.math.log(1.0 + m**2))",
)
log_prior.mistake(
    "wrong_sign",
    "Steep lines are the most probable ones in your prior; look at the sign of the exponent.",
    "-1.5",
    "1.5",
)
