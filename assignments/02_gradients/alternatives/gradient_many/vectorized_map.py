"""One row's gradient, mapped over the rows."""


def gradient_many(x, y, theta):
    def one(row):
        with tf.GradientTape() as tape:
            tape.watch(row)
            z = (y - row[0] * x - row[1]) / tf.exp(row[2])
            value = tf.reduce_sum(-0.5 * z**2 - row[2])
        return tape.gradient(value, row)

    return tf.vectorized_map(one, theta)
