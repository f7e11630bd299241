"""In closed form, through the design matrix, as a tensor."""

def fit_line(x, y, theta0):
    design = np.stack([x, np.ones_like(x)], axis=1)
    line, *_ = np.linalg.lstsq(design, y, rcond=None)
    log_s = 0.5 * np.log(np.mean((y - design @ line) ** 2))
    return tf.constant([*line, log_s], dtype=tf.float64)
