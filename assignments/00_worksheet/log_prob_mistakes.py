"""Known mistakes at `log_prob` that are one change of the notebook's solution.

Those that need more than one change are files in `mistakes/log_prob/`.
"""

from __future__ import annotations

from .log_prob import log_prob

log_prob.mistake(
    "exponential_twice",
    "The exponential of log s is taken twice; one of the two functions does it for you.",
    "tf_log_like_log_s(x, y, m, b, log_s)",
    "tf_log_like_log_s(x, y, m, b, tf.exp(log_s))",
)
log_prob.mistake(
    "floored",
    "Far from the data your value no longer falls; a floor keeps a sampler from finding "
    "its way back.",
    "tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)",
    "tf.maximum(tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s), -1e8)",
)
log_prob.mistake(
    "global_data",
    "The value does not change with the data; your function uses the notebook's x and y.",
    "tf_log_like_log_s(x, y, m, b, log_s)",
    "tf_log_like_log_s(x_tensor, y_tensor, m, b, log_s)",
)
log_prob.mistake(
    "global_slope_in_prior",
    "Your prior does not change with m; it is handed the notebook's slope.",
    "log_prior(m, b, log_s)",
    "log_prior(m_tensor, b_tensor, log_s)",
)
log_prob.mistake(
    "half_the_slope_in_prior",
    "The likelihood and the prior are asked about two different slopes.",
    "log_prior(m, b, log_s)",
    "log_prior(m / 2, b, log_s)",
)
log_prob.mistake(
    "jacobian_added",
    "You are off by log s; the prior is a density of log s already, so no Jacobian is needed.",
    "log_prior(m, b, log_s)",
    "log_prior(m, b, log_s) + log_s",
)
log_prob.mistake(
    "jacobian_subtracted",
    "You are off by minus log s; the prior is constant in log s, and asks for no such term.",
    "log_prior(m, b, log_s)",
    "log_prior(m, b, log_s) - log_s",
)
log_prob.mistake(
    "keeps_an_axis",
    "The number is right, but it comes as an array of one number; a scalar tensor has no axes.",
    "tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)",
    "tf.reshape(tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s), [1])",
)
log_prob.mistake(
    "last_point_dropped",
    "One point has no say; look at the end of your slice.",
    "tf_log_like_log_s(x, y, m, b, log_s)",
    "tf_log_like_log_s(x[:-1], y[:-1], m, b, log_s)",
)
log_prob.mistake(
    "likelihood_arguments_swapped",
    "You hand b to the likelihood where m is expected; compare the order of its arguments.",
    "tf_log_like_log_s(x, y, m, b, log_s)",
    "tf_log_like_log_s(x, y, b, m, log_s)",
)
log_prob.mistake(
    "likelihood_averaged",
    "More data do not make you more certain; the likelihood is a sum over the points, not "
    "their mean.",
    "return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)",
    "n = tf.cast(tf.size(x), T)\n"
    "    return tf_log_like_log_s(x, y, m, b, log_s) / n + log_prior(m, b, log_s)",
)
log_prob.mistake(
    "likelihood_detached",
    "The number is right, but the likelihood left TensorFlow, so the gradient is that of "
    "the prior alone.",
    "tf_log_like_log_s(x, y, m, b, log_s)",
    "tf_log_like_log_s(x, y, m, b, log_s).numpy()",
)
log_prob.mistake(
    "likelihood_exponentiated",
    "Far from the data only the prior is left in your value; a likelihood was added where "
    "its log belongs.",
    "tf_log_like_log_s(x, y, m, b, log_s)",
    "tf.exp(tf_log_like_log_s(x, y, m, b, log_s))",
)
log_prob.mistake(
    "log_s_for_s",
    "You hand log s to a function that expects s; compare the names of the two log likelihoods.",
    "tf_log_like_log_s",
    "tf_log_like",
)
log_prob.mistake(
    "multiplied",
    "You multiply two logs; the densities multiply, so what do their logs do?",
    "+ log_prior(m, b, log_s)",
    "* log_prior(m, b, log_s)",
)
log_prob.mistake(
    "negative",
    "The more probable a line, the lower your value; the minus for an optimiser does not "
    "belong here.",
    "tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)",
    "-(tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s))",
)
log_prob.mistake(
    "not_logged",
    "Your value is never negative; you return the posterior density, and its log is asked for.",
    "tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)",
    "tf.exp(tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s))",
)
log_prob.mistake(
    "prior_arguments_swapped",
    "Your prior falls with b and not with m; compare the order of its arguments.",
    "log_prior(m, b, log_s)",
    "log_prior(b, m, log_s)",
)
log_prob.mistake(
    "prior_detached",
    "The number is right, but the prior left TensorFlow, so the gradient forgets it.",
    "log_prior(m, b, log_s)",
    "log_prior(m, b, log_s).numpy()",
)
log_prob.mistake(
    "prior_exponentiated",
    "You add a prior to a log likelihood; its log is what belongs there.",
    "log_prior(m, b, log_s)",
    "tf.exp(log_prior(m, b, log_s))",
)
log_prob.mistake(
    "prior_for_each_point",
    "The more data, the stronger your prior; it counts once, not once for each point.",
    "return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)",
    "n = tf.cast(tf.size(x), T)\n"
    "    return tf_log_like_log_s(x, y, m, b, log_s) + n * log_prior(m, b, log_s)",
)
log_prob.mistake(
    "prior_forgotten",
    "The log likelihood alone comes back; where is the prior?",
    "tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)",
    "tf_log_like_log_s(x, y, m, b, log_s)",
)
log_prob.mistake(
    "prior_shared_out",
    "The more data, the weaker your prior; it counts once, whatever the number of points.",
    "return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)",
    "n = tf.cast(tf.size(x), T)\n"
    "    return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s) / n",
)
log_prob.mistake(
    "prior_subtracted",
    "Steep lines gain by your prior; logs of densities that multiply are added.",
    "+ log_prior(m, b, log_s)",
    "- log_prior(m, b, log_s)",
)
log_prob.mistake(
    "prior_twice",
    "Steep lines are punished twice; the prior counts once.",
    "log_prior(m, b, log_s)",
    "2 * log_prior(m, b, log_s)",
)
log_prob.mistake(
    "returns_a_float",
    "The number is right, but it is a Python float; with `.numpy()` the tensor's memory is gone.",
    "tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)",
    "float(tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s))",
)
log_prob.mistake(
    "single_precision_sum",
    "About seven digits are right and no more; the two terms are added in float32.",
    "return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)",
    "terms = tf_log_like_log_s(x, y, m, b, log_s), log_prior(m, b, log_s)\n"
    "    return tf.cast(tf.add(*(tf.cast(term, tf.float32) for term in terms)), tf.float64)",
)
log_prob.mistake(
    "tempered",
    "The data count half in your posterior; the prior should be added to the whole log likelihood.",
    "tf_log_like_log_s(x, y, m, b, log_s)",
    "0.5 * tf_log_like_log_s(x, y, m, b, log_s)",
)
log_prob.mistake(
    "two_values",
    "Two numbers come back, the likelihood's and the prior's; one is asked for.",
    "tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)",
    "tf_log_like_log_s(x, y, m, b, log_s), log_prior(m, b, log_s)",
)
