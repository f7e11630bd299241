"""Differences of the NumPy function in place of derivatives: right to some digits only."""
# cell: grad_log_like
# values: partly right, so what they are worth is paid


def grad_log_like(x, y, m, b, s):
    x, y, *theta = (np.asarray(v) for v in (x, y, m, b, s))
    slopes = []
    for k in range(3):
        ahead, behind = list(theta), list(theta)
        ahead[k], behind[k] = theta[k] + 1e-4, theta[k] - 1e-4
        slopes.append((np_log_like(x, y, *ahead) - np_log_like(x, y, *behind)) / 2e-4)
    return tuple(tf.constant(slope, tf.float64) for slope in slopes)
