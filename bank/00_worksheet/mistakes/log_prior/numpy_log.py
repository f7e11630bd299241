"""The number is right, but `np.log` left TensorFlow, so the prior has no slope."""

def log_prior(m, b, log_s):
    return tf.constant(-1.5 * np.log(1.0 + m.numpy() ** 2), dtype=T)
