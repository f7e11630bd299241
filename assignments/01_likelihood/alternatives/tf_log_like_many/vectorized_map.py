"""Row by row, and TensorFlow makes one computation of it."""


def tf_log_like_many(x, y, theta):
    def one(row):
        z = (y - row[0] * x - row[1]) / tf.exp(row[2])
        return tf.reduce_sum(-0.5 * z**2 - row[2] - 0.5 * np.log(2 * np.pi))

    return tf.vectorized_map(one, theta)
