"""Your prior does not change with m; it looks at the notebook's slope, not at its argument."""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(1.0 + m_tensor**2) + 0.0 * m
