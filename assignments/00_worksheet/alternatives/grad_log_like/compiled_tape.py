"""A tape in a compiled function."""

@tf.function(jit_compile=True, reduce_retracing=True)
def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch((m, b, s))
        r = (y - m * x - b) / s
        value = -0.5 * tf.reduce_sum(r * r) - tf.cast(tf.size(x), tf.float64) * tf.math.log(s)
    return tuple(tape.gradient(value, [m, b, s]))
