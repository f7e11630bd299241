"""Known mistakes at `grad_log_like_log_s` that are one change of the notebook's solution.

Those that need more than one change are files in `mistakes/grad_log_like_log_s/`.
"""

from __future__ import annotations

from .grad_log_like_log_s import grad_log_like_log_s

grad_log_like_log_s.mistake(
    "averaged",
    "Two halves of the data should add up to the whole; your gradient is divided by the "
    "number of points.",
    "tf_log_like_log_s(x, y, m, b, log_s)",
    "tf_log_like_log_s(x, y, m, b, log_s) / x.shape[0]",
)
grad_log_like_log_s.mistake(
    "chain_rule_twice",
    "The third number has a factor s too many; the tape has applied the chain rule already.",
    "return tuple(tape.gradient(value, [m, b, log_s]))",
    "by_m, by_b, by_log_s = tape.gradient(value, [m, b, log_s])\n"
    "    return by_m, by_b, by_log_s * tf.exp(log_s)",
)
grad_log_like_log_s.mistake(
    "clipped",
    "Your numbers never grow beyond a limit; what helps when training networks is not wanted here.",
    "tape.gradient(value, [m, b, log_s])",
    "(tf.clip_by_value(g, -1e5, 1e5) for g in tape.gradient(value, [m, b, log_s]))",
)
grad_log_like_log_s.mistake(
    "downhill",
    "Every number has the wrong sign; the minus for the optimiser comes later.",
    "tf_log_like_log_s(x, y, m, b, log_s)",
    "-tf_log_like_log_s(x, y, m, b, log_s)",
)
grad_log_like_log_s.mistake(
    "global_data",
    "The derivatives do not change with the data; your function looks at the notebook's x "
    "and y, not at its arguments.",
    "tf_log_like_log_s(x, y, m, b, log_s)",
    "tf_log_like_log_s(x_tensor, y_tensor, m, b, log_s)",
)
grad_log_like_log_s.mistake(
    "jacobian_added",
    "The third number is one too large; a likelihood is a density of the data, so no "
    "Jacobian belongs to it.",
    "tf_log_like_log_s(x, y, m, b, log_s)",
    "tf_log_like_log_s(x, y, m, b, log_s) + log_s",
)
grad_log_like_log_s.mistake(
    "log_s_first",
    "The three numbers are right, but log s comes first.",
    "value, [m, b, log_s]",
    "value, [log_s, m, b]",
)
grad_log_like_log_s.mistake(
    "parameters_in_another_order",
    "The three numbers are right, but b comes before m.",
    "value, [m, b, log_s]",
    "value, [b, m, log_s]",
)
grad_log_like_log_s.mistake(
    "returns_numpy",
    "The three numbers are right, but `.numpy()` made plain numbers of the tensors.",
    "tape.gradient(value, [m, b, log_s])",
    "(float(each) for each in tape.gradient(value, [m, b, log_s]))",
)
grad_log_like_log_s.mistake(
    "scale_forgotten",
    "Two derivatives come back where there are three parameters; which one is missing?",
    "value, [m, b, log_s]",
    "value, [m, b]",
)
grad_log_like_log_s.mistake(
    "stacked",
    "The three numbers are right, but they come in one tensor of three; the signature asks "
    "for three tensors.",
    "tuple",
    "tf.stack",
)
grad_log_like_log_s.mistake(
    "unwatched",
    "The tape returns None for all three; it was never told to watch them.",
    "tape.watch([m, b, log_s])\n        value = tf_log_like_log_s(x, y, m, b, log_s)",
    "value = tf_log_like_log_s(x, y, m, b, log_s)",
)
