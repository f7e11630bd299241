"""Right and noisy: prints, warnings, logs and stderr, in cells and in the functions themselves."""
# %% tf_log_like
import logging
import sys
import warnings

def tf_log_like(x, y, m, b, s):
    print("tf_log_like was called with s =", s)
    warnings.warn("is s positive?")
    logging.getLogger("worksheet").warning("m = %s", m)
    sys.stderr.write("nearly there\n")
    model = m * x + b
    return -0.5 * tf.reduce_sum(((y - model) / s) ** 2 + tf.math.log(2 * np.pi * s**2))

# %% after tf_log_like
tf.print("from TensorFlow, to stderr:", tf_log_like(x_tensor, y_tensor, m_tensor, b_tensor, s_tensor))
np.log(np.zeros(2))  # a warning from NumPy
