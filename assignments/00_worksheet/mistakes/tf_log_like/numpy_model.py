"""The number is right, but your residuals left TensorFlow for NumPy, so the gradient knows
nothing of the line.
"""

def tf_log_like(x, y, m, b, s):
    residuals = y.numpy() - (m.numpy() * x.numpy() + b.numpy())
    return -0.5 * tf.reduce_sum((residuals / s) ** 2 + tf.math.log(2 * np.pi * s**2))
