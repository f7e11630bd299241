"""You are right to about eight digits per point; what type does `tf.math.log` of a plain Python
number have?
"""

def tf_log_like(x, y, m, b, s):
    log_two_pi = tf.cast(tf.math.log(2 * np.pi), tf.float64)
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + log_two_pi + 2 * tf.math.log(s))
