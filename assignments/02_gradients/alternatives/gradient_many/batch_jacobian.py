"""Each row's Jacobian by its own row."""


def gradient_many(x, y, theta):
    with tf.GradientTape() as tape:
        tape.watch(theta)
        z = (y - theta[:, 0:1] * x - theta[:, 1:2]) / tf.exp(theta[:, 2:3])
        values = tf.reduce_sum(-0.5 * z**2 - theta[:, 2:3], axis=1, keepdims=True)
        slopes = tape.batch_jacobian(values, theta)
    return slopes[:, 0]
