"""A variable, which is watched of its own accord, and a list of three derivatives."""


def value_and_gradient(x, y, theta):
    parameters = tf.Variable(theta)
    with tf.GradientTape() as tape:
        loss = -tf_log_like(tf.constant(x), tf.constant(y), parameters)
    slope = tape.gradient(loss, parameters)
    return loss.numpy(), np.array(slope)
