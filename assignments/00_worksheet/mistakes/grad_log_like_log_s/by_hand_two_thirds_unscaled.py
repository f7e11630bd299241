"""The first two numbers change wrongly with the unit of y; count the powers of s under the
residual.
"""

def grad_log_like_log_s(x, y, m, b, log_s):
    z = (y - m * x - b) * tf.exp(-log_s)
    return tf.reduce_sum(z * x), tf.reduce_sum(z), tf.reduce_sum(z**2 - 1.0)
