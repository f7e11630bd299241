"""The value does not change with m and b; your function uses the notebook's."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m_tensor, b_tensor, tf.exp(log_s))
