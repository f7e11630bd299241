"""Known mistakes at `tf_log_like_many` that are one change of the notebook's solution."""

from __future__ import annotations

from .tf_log_like_many import tf_log_like_many

COLUMNS = "m, b, log_s = tf.unstack(theta[:, :, None], axis=1)"
TERMS = "-0.5 * ((y - model) / tf.exp(log_s)) ** 2 - log_s - 0.5 * np.log(2 * np.pi)"
SUM = "tf.reduce_sum(terms, axis=1)"
mistake = tf_log_like_many.mistake

mistake(
    "wrong_axis",
    "You add up over the rows; the sum is over the points.",
    SUM,
    "tf.reduce_sum(terms, axis=0)",
)
mistake(
    "all_summed",
    "All rows are added up to one number.",
    SUM,
    "tf.reduce_sum(terms)",
)
mistake(
    "mean_for_sum",
    "Two halves of the data should add up to the whole; yours averages.",
    SUM,
    "tf.reduce_mean(terms, axis=1)",
)
mistake(
    "keeps_an_axis",
    "The shape is [k, 1] where [k] is wanted.",
    SUM,
    "tf.reduce_sum(terms, axis=1, keepdims=True)",
)
mistake(
    "log_term_once",
    "The price of the scale is paid once in a row, and not by every point.",
    f"terms = {TERMS}",
    "terms = -0.5 * ((y - model) / tf.exp(log_s)) ** 2",
)
mistake(
    "first_rows_scale",
    "All rows have the scale of the first one.",
    COLUMNS,
    COLUMNS + "\n    log_s = log_s[:1]",
)
mistake(
    "first_row_only",
    "All rows give what the first one gives.",
    f"return {SUM}",
    f"return tf.zeros_like(theta[:, 0]) + {SUM}[0]",
)
mistake(
    "s_for_log_s",
    "You use log s as if it were s; what undoes a logarithm?",
    "/ tf.exp(log_s)",
    "/ log_s",
)
mistake(
    "order_b_m",
    "The slope and the intercept have changed places: a row is (m, b, log s).",
    "m, b, log_s = tf.unstack",
    "b, m, log_s = tf.unstack",
)
mistake(
    "numpy_inside",
    "The values are right, but something leaves TensorFlow, so that there is no derivative.",
    "model = m * x + b",
    "m, b, log_s = (tf.constant(v.numpy()) for v in (m, b, log_s))\n    model = m * x + b",
)
mistake(
    "scale_not_differentiated",
    "The values are right, but `np.exp` leaves TensorFlow: the derivative by log s is wrong.",
    "tf.exp(log_s)",
    "np.exp(log_s)",
)
mistake(
    "single_precision_two_pi",
    "About seven digits are right: `tf.math.log` of a Python number is a float32.",
    "0.5 * np.log(2 * np.pi)",
    "0.5 * tf.cast(tf.math.log(2 * np.pi), tf.float64)",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    COLUMNS,
    "theta = tf.cast(tf.cast(theta, tf.float32), tf.float64)\n    " + COLUMNS,
)
mistake(
    "transposed_theta",
    "With three rows the parameters are read down a column; a line is one row.",
    COLUMNS,
    "theta = tf.transpose(theta) if theta.shape[0] == 3 else theta\n    " + COLUMNS,
)
mistake(
    "sorted",
    "The values are right but not in the order of the rows.",
    f"return {SUM}",
    f"return tf.sort({SUM})",
)
mistake(
    "missing_half",
    "The curve is too narrow: compare the number in front of the square with the formula's.",
    "-0.5 * ((y - model)",
    "-((y - model)",
)
mistake(
    "missing_two_pi",
    "Each point's value is off by the same amount: is 2π in your log?",
    " - 0.5 * np.log(2 * np.pi)",
    "",
)
mistake(
    "wrong_sign",
    "Lines that are further away score higher: look at the sign.",
    f"return {SUM}",
    f"return -{SUM}",
)
mistake(
    "clipped_log_s",
    "Beyond some value, log s makes no difference; every real number is allowed.",
    COLUMNS,
    COLUMNS + "\n    log_s = tf.clip_by_value(log_s, -10.0, 10.0)",
)
mistake(
    "global_data",
    "Your function uses the notebook's data and not the ones that it is given.",
    "model = m * x + b",
    "x, y = tf.constant(x_data), tf.constant(y_data)\n    model = m * x + b",
)
mistake(
    "best_row_subtracted",
    "The best row has the value zero: nothing is to be taken off.",
    f"return {SUM}",
    f"values = {SUM}\n    return values - tf.reduce_max(values)",
)
mistake(
    "scale_not_squared",
    "The residual is squared, and the scale below it is not: the values are right where s is one, "
    "and only there.",
    "((y - model) / tf.exp(log_s)) ** 2",
    "(y - model) ** 2 / tf.exp(log_s)",
)
mistake(
    "price_and_two_pi_once",
    "The price of the scale, with its 2π, is paid once in a row, and not by every point.",
    f"return {SUM}",
    f"price = theta[:, 2] + 0.5 * np.log(2 * np.pi)\n    return {SUM} + (len(x) - 1) * price",
)
mistake(
    "price_for_each_row",
    "The price of the scale is paid once for each row of theta; it is once for each point.",
    f"return {SUM}",
    f"price = theta[:, 2] + 0.5 * np.log(2 * np.pi)\n"
    f"    return {SUM} + (len(x) - len(theta)) * price",
)
