"""Both signs are changed at the end."""


def value_and_gradient(x, y, theta):
    theta = tf.convert_to_tensor(theta)
    with tf.GradientTape() as tape:
        tape.watch(theta)
        height = tf_log_like(x, y, theta)
    slope = tape.gradient(height, theta)
    return -float(height), -slope.numpy()
