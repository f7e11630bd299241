"""For very negative log s you are nearly right, and else not; softplus makes a number positive,
but it does not undo a log.
"""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, tf.math.softplus(log_s))
