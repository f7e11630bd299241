"""The third number is one too large; a likelihood is a density of the data, so no Jacobian
belongs to it.
"""

def grad_log_like_log_s(x, y, m, b, log_s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, log_s])
        value = tf_log_like_log_s(x, y, m, b, log_s) + log_s
    return tuple(tape.gradient(value, [m, b, log_s]))
