"""A general density of a line, of which a Gaussian is made with functools.partial."""

import functools


def gaussian_line(density, xs, ys, slope, intercept, scatter):
    return tf.reduce_sum(density(ys - (slope * xs + intercept), scatter))


def log_normal(r, width):
    return -(r * r) / (2.0 * width * width) - tf.math.log(width) - 0.5 * tf.math.log(tf.constant(2 * np.pi, dtype=T))


tf_log_like = functools.partial(gaussian_line, log_normal)
