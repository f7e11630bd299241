"""Your function computes a value and gives nothing back; what does its last line do?"""

def tf_log_like(x, y, m, b, s):
    value = -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
