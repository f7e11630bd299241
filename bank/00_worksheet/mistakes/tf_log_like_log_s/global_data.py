"""The value does not change with the data; your function uses the notebook's x and y."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x_tensor, y_tensor, m, b, tf.exp(log_s))
