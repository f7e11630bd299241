"""The price of a large s is charged once, whatever the number of points; is your log inside the
sum?
"""

def tf_log_like(x, y, m, b, s):
    chi2 = tf.reduce_sum(((y - m * x - b) / s) ** 2)
    return -0.5 * (chi2 + tf.math.log(2 * np.pi * s**2))
