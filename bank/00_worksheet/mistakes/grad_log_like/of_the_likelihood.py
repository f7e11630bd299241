"""Your numbers vanish far from the data and grow without bound near them; you differentiate the
likelihood, not its log.
"""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf.exp(tf_log_like(x, y, m, b, s))
    return tuple(tape.gradient(value, [m, b, s]))
