"""Composed of two functions by closure."""

def _by_log_scale(function):
    return lambda *arguments: function(*arguments[:-1], tf.exp(arguments[-1]))


tf_log_like_log_s = _by_log_scale(tf_log_like)
