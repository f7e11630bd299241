"""Your prior is uniform in the line's angle, but a line also has a distance from the origin,
and it must be uniform in that too.
"""

def log_prior(m, b, log_s):
    return -tf.math.log(1.0 + m**2)
