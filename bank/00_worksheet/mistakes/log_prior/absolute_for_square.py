"""Lines of slope m and −m are treated alike, as they should be, but the slope enters without
its square.
"""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(1.0 + tf.abs(m))
