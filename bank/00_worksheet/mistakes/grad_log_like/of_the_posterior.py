"""There is something in your derivative by m that does not depend on the data: a prior has no
place here yet.
"""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x, y, m, b, s) - 1.5 * tf.math.log(1 + m**2)
    return tuple(tape.gradient(value, [m, b, s]))
