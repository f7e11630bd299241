"""Every number is twice what it should be; a list as a target is summed over by the tape."""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x, y, m, b, s)
    return tuple(tape.gradient([value, value], [m, b, s]))
