"""Variables with names, watched of their own accord."""

def grad_log_like_log_s(x, y, m, b, log_s):
    theta = [tf.Variable(value, name=name) for value, name in ((m, "m"), (b, "b"), (log_s, "log_s"))]
    with tf.GradientTape() as tape:
        value = tf_log_like_log_s(x, y, *theta)
    return [tf.convert_to_tensor(each) for each in tape.gradient(value, theta)]
