"""Right in the end: a cell copied to try again, and both left in. The last one counts."""
# %% grad_log_like
def grad_log_like(x, y, m, b, s):
    return tf.gradients(tf_log_like(x, y, m, b, s), [m, b, s])  # stops with an error: why?

# %% copy of grad_log_like
def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x, y, m, b, s)
    return tuple(tape.gradient(value, [m, b, s]))
