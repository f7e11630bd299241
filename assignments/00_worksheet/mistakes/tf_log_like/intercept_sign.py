"""With b = 0 you are right, and else the points seem to be off by twice b; check its sign in
the residual.
"""

def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_sum(((y - m * x + b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
