"""You are right on one side of log s = 0 only; its sign says whether s is below or above one."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, tf.exp(tf.abs(log_s)))
