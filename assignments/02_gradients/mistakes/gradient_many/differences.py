"""It is right to some nine digits: these are differences of values."""


def gradient_many(x, y, theta):
    rows = [
        central_difference(lambda t: log_like(t, x.numpy(), y.numpy()), row, np.full(3, 1e-5))
        for row in theta.numpy()
    ]
    return tf.constant(np.array(rows))
