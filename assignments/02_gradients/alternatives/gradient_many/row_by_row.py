"""A tape for each row."""


def gradient_many(x, y, theta):
    rows = []
    for k in range(theta.shape[0]):
        row = theta[k]
        with tf.GradientTape() as tape:
            tape.watch(row)
            z = (y - row[0] * x - row[1]) * tf.exp(-row[2])
            value = tf.reduce_sum(-0.5 * z**2 - row[2])
        rows.append(tape.gradient(value, row))
    return tf.stack(rows)
