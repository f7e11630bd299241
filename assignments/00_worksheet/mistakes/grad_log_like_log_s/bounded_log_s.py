"""Below a certain log s your derivatives no longer depend on it: every real log s is allowed."""

def grad_log_like_log_s(x, y, m, b, log_s):
    log_s = tf.maximum(log_s, tf.constant(-7.0, T))
    dm, db, ds = grad_log_like(x, y, m, b, tf.exp(log_s))
    return dm, db, ds * tf.exp(log_s)
