"""The third number is off by a factor that contains s; you differentiate by the variance, and
the parameter is s.
"""

def grad_log_like(x, y, m, b, s):
    variance = s**2
    with tf.GradientTape() as tape:
        tape.watch([m, b, variance])
        value = tf_log_like(x, y, m, b, tf.sqrt(variance))
    return tuple(tape.gradient(value, [m, b, variance]))
