"""Every number has the wrong sign; you return the gradient of the negative, which optimisers
ask for, and here the gradient itself is wanted.
"""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = -tf_log_like(x, y, m, b, s)
    return tuple(tape.gradient(value, [m, b, s]))
