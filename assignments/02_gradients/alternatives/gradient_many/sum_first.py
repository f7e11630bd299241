"""One number, the sum of all rows, is differentiated."""


@tf.function
def gradient_many(x, y, theta):
    with tf.GradientTape() as tape:
        tape.watch(theta)
        z = (y - theta[:, :1] * x - theta[:, 1:2]) / tf.exp(theta[:, 2:])
        total = -0.5 * tf.reduce_sum(z**2) - tf.reduce_sum(theta[:, 2]) * tf.cast(tf.size(x), tf.float64)
    return tape.gradient(total, theta)
