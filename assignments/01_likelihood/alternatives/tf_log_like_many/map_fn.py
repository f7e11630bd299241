"""Row by row, by TensorFlow's map."""


def tf_log_like_many(x, y, theta):
    def one(row):
        z = (y - row[0] * x - row[1]) * tf.exp(-row[2])
        return -0.5 * tf.reduce_sum(z**2 + np.log(2 * np.pi) + 2 * row[2])

    return tf.map_fn(one, theta)
