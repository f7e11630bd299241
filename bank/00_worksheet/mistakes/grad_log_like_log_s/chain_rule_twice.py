"""The third number has a factor s too many; the tape has applied the chain rule already."""

def grad_log_like_log_s(x, y, m, b, log_s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, log_s])
        value = tf_log_like_log_s(x, y, m, b, log_s)
    by_m, by_b, by_log_s = tape.gradient(value, [m, b, log_s])
    return by_m, by_b, by_log_s * tf.exp(log_s)
