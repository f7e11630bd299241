"""You are off by log s itself; a likelihood is a density of the data, so a new name for a
parameter adds nothing.
"""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, tf.exp(log_s)) + log_s
