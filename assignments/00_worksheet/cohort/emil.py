"""Right in the value, wrong in the gradient: np.log takes the number out of TensorFlow.

All derivatives by the scatter are wrong, and with them the fit.
"""
# %% tf_log_like
def tf_log_like(x, y, m, b, s):
    model = m * x + b
    return -0.5 * tf.reduce_sum(((y - model) / s) ** 2 + np.log(2 * np.pi * s**2))
