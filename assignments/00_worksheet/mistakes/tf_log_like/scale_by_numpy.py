"""The number is right, but s was turned into a NumPy number on the way, so nothing can be
differentiated by it.
"""

def tf_log_like(x, y, m, b, s):
    s = s.numpy()
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
