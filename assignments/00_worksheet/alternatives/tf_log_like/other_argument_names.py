"""Other names for the arguments."""

def tf_log_like(abscissa, ordinate, slope, intercept, sigma):
    chi = (ordinate - slope * abscissa - intercept) / sigma
    return -0.5 * tf.reduce_sum(chi**2 + tf.math.log(2 * np.pi * sigma**2))
