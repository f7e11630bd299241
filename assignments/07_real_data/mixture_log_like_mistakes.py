"""Known mistakes at `mixture_log_like` that are one change of the notebook's solution."""

from __future__ import annotations

from .mixture_log_like import mixture_log_like

GOOD = "good = -0.5 * ((y - m * x - b) / sigma_y) ** 2 - tf.math.log(sigma_y) - HALF_LOG_TWO_PI"
WIDTH = "width = tf.sqrt(sigma_y**2 + tf.exp(2 * log_s_b))"
BAD = "bad = -0.5 * ((y - y_b) / width) ** 2 - tf.math.log(width) - HALF_LOG_TWO_PI"
IF_GOOD, IF_BAD = "tf.math.log_sigmoid(-logit_p)", "tf.math.log_sigmoid(logit_p)"
BOTH = f"both = tf.stack([good + {IF_GOOD}, bad + {IF_BAD}])"
RETURN = "return tf.reduce_sum(tf.reduce_logsumexp(both, axis=0))"
mistake = mixture_log_like.mistake

mistake(
    "naive_log_of_sum",
    "Far away both exponentials are zero, and the log of zero is minus infinity: stay with logs.",
    RETURN,
    "return tf.reduce_sum(tf.math.log(tf.reduce_sum(tf.exp(both), axis=0)))",
)
mistake(
    "tiny_added",
    "Something tiny is added before the log is taken: all far points count alike.",
    RETURN,
    "return tf.reduce_sum(tf.math.log(tf.reduce_sum(tf.exp(both), axis=0) + 1e-300))",
)
mistake(
    "weights_swapped",
    "p is the probability to be bad; you give it to the good ones.",
    BOTH,
    f"both = tf.stack([good + {IF_BAD}, bad + {IF_GOOD}])",
)
mistake(
    "mean_of_logs",
    "Logs are averaged; densities are added, and then the log is taken.",
    RETURN,
    "p = tf.sigmoid(logit_p)\n    return tf.reduce_sum((1 - p) * good + p * bad)",
)
mistake(
    "all_or_none",
    "All points are good together or bad together: each point has a choice of its own.",
    RETURN,
    "return tf.reduce_logsumexp(tf.reduce_sum(both, axis=1))",
)
mistake(
    "one_weight_for_all",
    "All points are good together or bad together, and the weights count once: each point has a "
    "choice, and weights, of its own.",
    RETURN,
    f"return tf.reduce_logsumexp([tf.reduce_sum(good) + {IF_GOOD}, tf.reduce_sum(bad) + {IF_BAD}])",
)
mistake(
    "larger_one_only",
    "Only the more probable of the two counts; both do.",
    RETURN,
    "return tf.reduce_sum(tf.reduce_max(both, axis=0))",
)
mistake(
    "weights_forgotten",
    "The probabilities 1 - p and p are missing: logit_p makes no difference.",
    BOTH,
    "both = tf.stack([good, bad])",
)
mistake(
    "weight_of_the_good_forgotten",
    "Good points have the weight one; they are good with the probability 1 - p.",
    BOTH,
    f"both = tf.stack([good, bad + {IF_BAD}])",
)
mistake(
    "bad_without_sigma_y",
    "A bad point has its error bar, too: the variances add up.",
    WIDTH,
    "width = tf.exp(log_s_b) + 0 * sigma_y",
)
mistake(
    "widths_added",
    "Widths are added; variances are what adds up.",
    WIDTH,
    "width = sigma_y + tf.exp(log_s_b)",
)
mistake(
    "log_variance_for_log_s",
    "log s_b is taken for the log of a variance.",
    "tf.exp(2 * log_s_b)",
    "tf.exp(log_s_b)",
)
mistake(
    "s_for_log_s",
    "log s_b is used as if it were s_b: what undoes a logarithm?",
    "tf.exp(2 * log_s_b)",
    "log_s_b**2",
)
mistake(
    "bad_about_the_line",
    "Bad points scatter about y_b, wherever the line is.",
    BAD,
    BAD.replace("y - y_b", "y - m * x - b"),
)
mistake(
    "bad_above_the_line",
    "Bad points scatter about y_b itself, and not about y_b above the line.",
    BAD,
    BAD.replace("y - y_b", "y - m * x - b - y_b"),
)
mistake(
    "p_for_logit",
    "logit p is used as if it were p.",
    BOTH,
    "p = tf.abs(logit_p)\n"
    "    both = tf.stack([good + tf.math.log(tf.abs(1 - p)), bad + tf.math.log(p)])",
)
mistake(
    "exponential_for_sigmoid",
    "p is not exp(logit p): that is p / (1 - p).",
    BOTH,
    "both = tf.stack([good, bad + logit_p])",
)
mistake(
    "prior_included",
    "A prior is in it already: the likelihood alone is asked for.",
    RETURN,
    RETURN + " - tf.math.log(1 + m**2)",
)
mistake(
    "jacobian_included",
    "The change from p to logit p belongs to the prior, not to the likelihood.",
    RETURN,
    RETURN + f" + {IF_GOOD} + {IF_BAD}",
)
mistake(
    "error_bars_not_logged",
    "Good points lack their 1/σ: between two kinds of points it matters.",
    GOOD,
    GOOD.replace(" - tf.math.log(sigma_y)", ""),
)
mistake(
    "widths_not_logged",
    "Neither kind has its 1/σ: between two kinds of points it matters.",
    f"{GOOD}\n    {WIDTH}\n    {BAD}",
    f"{GOOD.replace(' - tf.math.log(sigma_y)', '')}\n    {WIDTH}\n"
    f"    {BAD.replace(' - tf.math.log(width)', '')}",
)
mistake(
    "two_pi_forgotten",
    "Each point's value is off by the same amount: is 2π in your log?",
    RETURN,
    RETURN + " + HALF_LOG_TWO_PI * tf.cast(tf.size(x), tf.float64)",
)
mistake(
    "two_pi_of_the_good_only",
    "2π is in one of the two densities only.",
    BAD,
    BAD.replace(" - HALF_LOG_TWO_PI", ""),
)
mistake(
    "sum_over_all",
    "All points are added up before the log is taken; every point has a log of its own.",
    RETURN,
    "return tf.reduce_logsumexp(both)",
)
mistake(
    "mean_over_points",
    "Two halves of the data should add up to the whole; yours averages.",
    RETURN,
    "return tf.reduce_mean(tf.reduce_logsumexp(both, axis=0))",
)
mistake(
    "clipped_p",
    "Beyond some value, logit p makes no difference; every real number is allowed.",
    BOTH,
    "logit_p = tf.clip_by_value(logit_p, -30.0, 30.0)\n    " + BOTH,
)
mistake(
    "log_of_one_minus_sigmoid",
    "From logit p = 40 on, 1 - p is zero: the value may be right, and the gradient is NaN.",
    BOTH,
    "p = tf.sigmoid(logit_p)\n"
    "    both = tf.stack([good + tf.math.log(1 - p), bad + tf.math.log(p)])",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    BOTH,
    "good, bad = (tf.cast(tf.cast(one, tf.float32), tf.float64) for one in (good, bad))\n"
    "    " + BOTH,
)
mistake(
    "residual_not_squared",
    "The residual of the good points is not squared.",
    GOOD,
    GOOD.replace("-0.5 * ((y - m * x - b) / sigma_y) ** 2", "-tf.abs((y - m * x - b) / sigma_y)"),
)
mistake(
    "missing_half",
    "The curve of the good points is too narrow: compare the number in front of the square.",
    GOOD,
    GOOD.replace("-0.5 * ", "-"),
)
mistake(
    "numpy_inside",
    "The values are right, but something leaves TensorFlow, so that there is no derivative.",
    GOOD,
    "theta = m, b, logit_p, y_b, log_s_b\n"
    "    m, b, logit_p, y_b, log_s_b = (tf.constant(one.numpy()) for one in theta)\n    " + GOOD,
)
mistake(
    "width_not_differentiated",
    "The values are right, but `np.exp` leaves TensorFlow: the derivative by log s_b is wrong.",
    "tf.exp(2 * log_s_b)",
    "np.exp(2 * log_s_b)",
)
mistake(
    "shares_not_differentiated",
    "In your gradient each share counts twice: the derivative of a log density is to be multiplied "
    "by its share once.",
    RETURN,
    "shares = tf.stop_gradient(tf.nn.softmax(both, axis=0))\n"
    "    value = tf.reduce_sum(tf.reduce_logsumexp(both, axis=0))\n"
    "    mean = tf.reduce_sum(shares**2 * both)\n"
    "    return mean + tf.stop_gradient(value - mean)",
)
mistake(
    "keeps_an_axis",
    "The shape is [1] where [] is wanted.",
    RETURN,
    "return tf.reduce_sum(tf.reduce_logsumexp(both, axis=0), keepdims=True)",
)
mistake(
    "bad_points_deleted",
    "Points beyond five error bars are left out: nothing is to be deleted.",
    RETURN,
    "near = tf.cast(tf.abs(y - m * x - b) < 5 * sigma_y, tf.float64)\n"
    "    return tf.reduce_sum(near * tf.reduce_logsumexp(both, axis=0))",
)
mistake(
    "of_the_table",
    "Your function uses the notebook's data and not the ones that it is given.",
    GOOD,
    "x, y, sigma_y = (tf.constant(part) for part in (x_data, y_data, s_data))\n    " + GOOD,
)
mistake(
    "bad_width_not_logged",
    "Bad points lack their 1/width: a wide Gaussian is a low one.",
    BAD,
    BAD.replace(" - tf.math.log(width)", ""),
)
mistake(
    "good_as_wide_as_bad",
    "Good points have the extra scatter s_b, too; their error bars are all that they have.",
    f"{GOOD}\n    {WIDTH}",
    f"{WIDTH}\n    {GOOD.replace('sigma_y', 'width')}",
)
mistake(
    "p_away_from_zero_and_one",
    "Your p is kept a little away from zero and one, so that beyond some logit p nothing changes; "
    "every real number is allowed.",
    BOTH,
    "p = tf.clip_by_value(tf.sigmoid(logit_p), 1e-10, 1 - 1e-10)\n"
    "    both = tf.stack([good + tf.math.log(1 - p), bad + tf.math.log(p)])",
)
