"""Your derivatives come back as float32; seven digits are not enough for sums in which large
terms cancel.
"""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x, y, m, b, s)
    return tuple(tf.cast(g, tf.float32) for g in tape.gradient(value, [m, b, s]))
