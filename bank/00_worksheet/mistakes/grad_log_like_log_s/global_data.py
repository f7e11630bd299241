"""The derivatives do not change with the data; your function looks at the notebook's x and y,
not at its arguments.
"""

def grad_log_like_log_s(x, y, m, b, log_s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, log_s])
        value = tf_log_like_log_s(x_tensor, y_tensor, m, b, log_s)
    return tuple(tape.gradient(value, [m, b, log_s]))
