"""Two halves of the data should add up to the whole; your gradient is divided by the number of
points.
"""

def grad_log_like_log_s(x, y, m, b, log_s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, log_s])
        value = tf_log_like_log_s(x, y, m, b, log_s) / x.shape[0]
    return tuple(tape.gradient(value, [m, b, log_s]))
