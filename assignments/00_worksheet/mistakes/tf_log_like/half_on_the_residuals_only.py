"""The misfit is right and the price of a large s is charged twice; to how many of the two terms
does your factor in front belong?
"""

def tf_log_like(x, y, m, b, s):
    return -tf.reduce_sum(0.5 * ((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
