"""The number is right, but NumPy computed it, so TensorFlow has nothing to differentiate."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf.constant(np_log_like(x.numpy(), y.numpy(), m.numpy(), b.numpy(), np.exp(log_s.numpy())))
