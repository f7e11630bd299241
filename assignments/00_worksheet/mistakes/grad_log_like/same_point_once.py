"""A point that was measured twice counts twice; yours drops the second."""

def grad_log_like(x, y, m, b, s):
    _, first = np.unique(np.column_stack([x, y]), axis=0, return_index=True)
    x, y = tf.gather(x, first), tf.gather(y, first)

    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x, y, m, b, s)
    g = tape.gradient(value, [m, b, s])
    return tuple(g)
