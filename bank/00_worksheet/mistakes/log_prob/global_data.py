"""The value does not change with the data; your function uses the notebook's x and y."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x_tensor, y_tensor, m, b, log_s) + log_prior(m, b, log_s)
