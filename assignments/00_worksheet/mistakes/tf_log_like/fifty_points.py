"""Your value is right for fifty points only; where does your function count the data?"""

def tf_log_like(x, y, m, b, s):
    chi2 = tf.reduce_sum(((y - m * x - b) / s) ** 2)
    return -0.5 * (chi2 + 50 * tf.math.log(2 * np.pi * s**2))
