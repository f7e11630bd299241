"""A flat line is infinitely probable in your prior; what stands beside m² in the formula?"""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(m**2)
