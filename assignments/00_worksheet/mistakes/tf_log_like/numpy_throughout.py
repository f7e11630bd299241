"""The number is right, but it was computed by NumPy and only then made a tensor, so TensorFlow
has nothing to differentiate.
"""

def tf_log_like(x, y, m, b, s):
    numbers = [argument.numpy() for argument in (x, y, m, b, s)]
    return tf.constant(np_log_like(*numbers), dtype=T)
