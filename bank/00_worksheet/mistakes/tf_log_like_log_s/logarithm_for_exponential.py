"""You take the log of something that is a log already; which function leads back to s?"""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, tf.math.log(log_s))
