"""The price that you charge for a large s grows too slowly; is it s or its square that stands
beside 2π?
"""

def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s))
