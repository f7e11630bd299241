"""Far from the data your value no longer falls; a floor keeps a sampler from finding its way
back.
"""

def log_prob(x, y, m, b, log_s):
    return tf.maximum(tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s), -1e8)
