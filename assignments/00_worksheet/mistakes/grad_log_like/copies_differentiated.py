"""Your derivatives are all zero; the tensors that you ask about are not the ones that the value
was computed from.
"""

def grad_log_like(x, y, m, b, s):
    theta = [tf.identity(m), tf.identity(b), tf.identity(s)]
    with tf.GradientTape() as tape:
        tape.watch(theta)
        value = tf_log_like(x, y, m, b, s)
    return tuple(tape.gradient(value, theta, unconnected_gradients="zero"))
