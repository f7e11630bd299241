"""The lines are a product of matrices."""


def tf_log_like_many(x, y, theta):
    design = tf.stack([x, tf.ones_like(x)])
    model = tf.matmul(theta[:, :2], design)
    z = (y - model) / tf.exp(theta[:, 2:])
    return tf.reduce_sum(-0.5 * z**2 - theta[:, 2:] - 0.5 * np.log(2 * np.pi), axis=1)
