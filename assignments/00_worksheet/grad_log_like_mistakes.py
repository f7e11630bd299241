"""Known mistakes at `grad_log_like` that are one change of the notebook's solution.

Those that need more than one change are files in `mistakes/grad_log_like/`.
"""

from __future__ import annotations

from .grad_log_like import grad_log_like

grad_log_like.mistake(
    "averaged",
    "Two halves of the data should add up to the whole; your gradient is divided by the "
    "number of points.",
    "tf_log_like(x, y, m, b, s)",
    "tf_log_like(x, y, m, b, s) / tf.cast(tf.size(x), T)",
)
grad_log_like.mistake(
    "clipped",
    "Your numbers never grow beyond a limit; what helps when training networks is not wanted here.",
    "tape.gradient(value, [m, b, s])",
    "(tf.clip_by_value(g, -1e4, 1e4) for g in tape.gradient(value, [m, b, s]))",
)
grad_log_like.mistake(
    "counted_twice",
    "Every number is twice what it should be; a list as a target is summed over by the tape.",
    "value, [m, b, s]",
    "[value, value], [m, b, s]",
)
grad_log_like.mistake(
    "downhill",
    "Every number has the wrong sign; you return the gradient of the negative, which "
    "optimisers ask for, and here the gradient itself is wanted.",
    "tf_log_like(x, y, m, b, s)",
    "-tf_log_like(x, y, m, b, s)",
)
grad_log_like.mistake(
    "global_data",
    "The derivatives do not change with the data; your function looks at the notebook's x "
    "and y, not at its arguments.",
    "tf_log_like(x, y, m, b, s)",
    "tf_log_like(x_tensor, y_tensor, m, b, s)",
)
grad_log_like.mistake(
    "normalised",
    "Your three numbers always have length one; the direction is right, and the steepness is lost.",
    "return tuple(tape.gradient(value, [m, b, s]))",
    "gradient = tape.gradient(value, [m, b, s])\n"
    "    return tuple(derivative / tf.linalg.global_norm(gradient) for derivative in "
    "gradient)",
)
grad_log_like.mistake(
    "of_the_likelihood",
    "Your numbers vanish far from the data and grow without bound near them; you "
    "differentiate the likelihood, not its log.",
    "tf_log_like(x, y, m, b, s)",
    "tf.exp(tf_log_like(x, y, m, b, s))",
)
grad_log_like.mistake(
    "of_the_posterior",
    "There is something in your derivative by m that does not depend on the data: a prior "
    "has no place here yet.",
    "tf_log_like(x, y, m, b, s)",
    "tf_log_like(x, y, m, b, s) - 1.5 * tf.math.log(1 + m**2)",
)
grad_log_like.mistake(
    "parameters_in_another_order",
    "The three numbers are right, but b comes before m.",
    "value, [m, b, s]",
    "value, [b, m, s]",
)
grad_log_like.mistake(
    "returns_numpy",
    "The three numbers are right, but `.numpy()` made plain numbers of the tensors.",
    "tape.gradient(value, [m, b, s])",
    "(derivative.numpy() for derivative in tape.gradient(value, [m, b, s]))",
)
grad_log_like.mistake(
    "returns_single_precision",
    "Your derivatives come back as float32; seven digits are not enough for sums in which "
    "large terms cancel.",
    "tape.gradient(value, [m, b, s])",
    "(tf.cast(g, tf.float32) for g in tape.gradient(value, [m, b, s]))",
)
grad_log_like.mistake(
    "scale_first",
    "The three numbers are right, but s comes first.",
    "value, [m, b, s]",
    "value, [s, m, b]",
)
grad_log_like.mistake(
    "scale_forgotten",
    "Two derivatives come back where there are three parameters; which one is missing?",
    "value, [m, b, s]",
    "value, [m, b]",
)
grad_log_like.mistake(
    "scale_unwatched",
    "The derivative by s is None; the tape was told to watch the other two only.",
    "tape.watch([m, b, s])",
    "tape.watch([m, b])",
)
grad_log_like.mistake(
    "stacked",
    "The three numbers are right, but they come in one tensor of three; the signature asks "
    "for three tensors.",
    "tuple",
    "tf.stack",
)
grad_log_like.mistake(
    "unwatched",
    "The tape returns None; it was never told to watch the tensors that you ask about.",
    "tape.watch([m, b, s])\n        value = tf_log_like(x, y, m, b, s)",
    "value = tf_log_like(x, y, m, b, s)",
)
grad_log_like.mistake(
    "value_returned_too",
    "Four things come back; the value is not part of the gradient.",
    "tuple(tape.gradient(value, [m, b, s]))",
    "(value, *tape.gradient(value, [m, b, s]))",
)
