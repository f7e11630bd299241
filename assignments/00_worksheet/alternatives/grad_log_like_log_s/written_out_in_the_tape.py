"""The log likelihood written out inside the tape, by the precision."""

def grad_log_like_log_s(x, y, m, b, log_s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, log_s])
        squares = tf.reduce_sum(tf.square(y - m * x - b))
        value = -0.5 * squares * tf.exp(-2 * log_s) - log_s * tf.cast(tf.size(y), log_s.dtype)
    by = tape.gradient(value, {"m": m, "b": b, "log_s": log_s})
    return by["m"], by["b"], by["log_s"]
