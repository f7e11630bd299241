"""Two tapes, one inside of the other."""

def grad_log_like_log_s(x, y, m, b, log_s):
    with tf.GradientTape() as outer:
        outer.watch(log_s)
        with tf.GradientTape() as inner:
            inner.watch([m, b])
            value = tf_log_like_log_s(x, y, m, b, log_s)
        dm, db = inner.gradient(value, [m, b])
    return dm, db, outer.gradient(value, log_s)
