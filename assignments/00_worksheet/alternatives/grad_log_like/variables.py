"""Variables, which are watched of their own accord."""

def grad_log_like(x, y, m, b, s):
    slope, intercept, scale = (tf.Variable(each, dtype=tf.float64) for each in (m, b, s))
    with tf.GradientTape() as tape:
        value = tf_log_like(x, y, slope, intercept, scale)
    return tuple(tape.gradient(value, (slope, intercept, scale)))
