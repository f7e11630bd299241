"""Wrong in the value, right in the gradient: the 2π is missing.

What is a difference or a derivative does not notice, so only the two likelihoods lose points.
"""
# %% tf_log_like
def tf_log_like(x, y, m, b, s):
    model = m * x + b
    return -0.5 * tf.reduce_sum(((y - model) / s) ** 2 + tf.math.log(s**2))
