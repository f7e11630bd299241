"""The shape is right but the area under it is not 1; is 2π in your log?"""

def tf_log_like(x, y, m, b, s):
    residuals = y - (m * x + b)
    return -0.5 * tf.reduce_sum((residuals / s) ** 2 + tf.math.log(s**2))
