"""Your prior does not change with m; it is handed the notebook's slope."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m_tensor, b_tensor, log_s)
