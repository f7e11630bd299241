"""You are off by a constant factor of less than one half; to which base is your log?"""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(1.0 + m**2) / np.log(10.0)
