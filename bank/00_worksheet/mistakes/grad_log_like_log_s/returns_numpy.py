"""The three numbers are right, but `.numpy()` made plain numbers of the tensors."""

def grad_log_like_log_s(x, y, m, b, log_s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, log_s])
        value = tf_log_like_log_s(x, y, m, b, log_s)
    return tuple(float(each) for each in tape.gradient(value, [m, b, log_s]))
