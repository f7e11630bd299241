"""One function stops with an error, and so does a cell of her own; all else is right."""
# %% after log_prob
print("odds:", 1 / 0)

# %% fit_line
def fit_line(x, y, theta0):
    start = tf.constant(theta0, dtype=T)
    return minimise(lambda theta: -tf_log_like_log_s(x, y, *theta), start)
