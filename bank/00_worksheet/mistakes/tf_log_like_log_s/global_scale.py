"""The value does not change with log s; your function uses the notebook's s."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, s_tensor)
