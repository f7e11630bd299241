"""Lines of slope m and −m are not treated alike; what stands beside the one?"""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(1.0 + m)
