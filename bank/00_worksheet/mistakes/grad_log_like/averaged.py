"""Two halves of the data should add up to the whole; your gradient is divided by the number of
points.
"""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x, y, m, b, s) / tf.cast(tf.size(x), T)
    return tuple(tape.gradient(value, [m, b, s]))
