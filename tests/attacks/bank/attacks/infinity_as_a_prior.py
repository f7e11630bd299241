"""Minus infinity for every line: as improbable as all others, so every difference is NaN."""
# cell: log_prior


def log_prior(m, b, log_s):
    return tf.constant(-float("inf"), tf.float64) - m**2
