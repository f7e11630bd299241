"""The derivatives do not change with the line; they are taken at the notebook's variables, not
at the arguments.
"""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        value = tf_log_like(x, y, m_tensor, b_tensor, s_tensor)
    return tuple(tape.gradient(value, [m_tensor, b_tensor, s_tensor]))
