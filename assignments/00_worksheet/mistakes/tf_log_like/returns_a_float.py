"""The number is right, but it is a Python float; with `.numpy()` the tensor's memory is gone."""

def tf_log_like(x, y, m, b, s):
    value = -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
    return float(value.numpy())
