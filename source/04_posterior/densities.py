"""Log densities and changes of variables for the lesson `posterior`. You may read and use them.

The first part is for TensorFlow: x is a float64 tensor [d]. A density returns its log, a tensor [];
an `inverse` returns the x that belongs to y, a tensor [d].

The second part is for NumPy: q is an array [d], and what comes back is a float.
"""

import numpy as np
import tensorflow as tf


def standard_normal(x):
    """Independent unit normals."""
    return -0.5 * tf.reduce_sum(x**2) - 0.5 * np.log(2 * np.pi) * tf.cast(tf.size(x), tf.float64)


def uniform_angle(x):
    """One angle, uniform between -π/2 and π/2."""
    return -np.log(np.pi) + 0.0 * tf.reduce_sum(x)


def uniform_angle_and_offset(x):
    """A line's angle, uniform between -π/2 and π/2, and its offset, uniform between -1 and 1."""
    return -np.log(2 * np.pi) + 0.0 * tf.reduce_sum(x)


def itself(y):
    """x = y."""
    return y


def log_of(y):
    """x = log y, for each component."""
    return tf.math.log(y)


def angle_of(y):
    """The angle of a ray that meets the shore at y, one unit away: x = arctan y."""
    return tf.math.atan(y)


def mirrored(y):
    """x = (2 y_0 + y_1, y_0 - y_1 + 1): a stretch, a shear and a reflection."""
    return tf.stack([2 * y[0] + y[1], y[0] - y[1] + 1])


def rotated(y):
    """A rotation by 0.6 rad."""
    c, s = np.cos(0.6), np.sin(0.6)
    return tf.stack([c * y[0] - s * y[1], s * y[0] + c * y[1]])


def angle_and_offset_of(y):
    """Of the line with slope y_0 and intercept y_1: its angle, and its distance from zero."""
    return tf.stack([tf.math.atan(y[0]), y[1] / tf.sqrt(1 + y[0] ** 2)])


def unfunnelled(y):
    """The funnel's v = y_0 and its other parameters, as unit normals."""
    return tf.concat([y[:1] / 3, y[1:] * tf.exp(-y[0] / 2)], axis=0)


def from_polar(y):
    """The place with radius y_0 and angle y_1."""
    return tf.stack([y[0] * tf.cos(y[1]), y[0] * tf.sin(y[1])])


def forty_scales(y):
    """Forty parameters, each in a unit of its own, from 1e-10 to 1e10."""
    return y * 10.0 ** np.linspace(-10, 10, 40)


def thirty_small_scales(y):
    """Thirty parameters, in units from 1e-12 to 1e-11."""
    return y * 10.0 ** np.linspace(-12, -11, 30)


# --------------------------------------------------------------- for NumPy


def normal(q):
    """Independent unit normals, up to a constant."""
    return float(-0.5 * np.sum(q**2))


def raised_normal(q):
    """The same, 1024 higher."""
    return normal(q) + 1024.0


def lowered_normal(q):
    """The same, 1024 lower."""
    return normal(q) - 1024.0


def wide_normal(q):
    """Independent normals of width four."""
    return float(-0.5 * np.sum((q / 4) ** 2))


def flat(q):
    """The same everywhere."""
    return 0.0 * float(np.sum(q))


def box(q):
    """Uniform between -1 and 1, and nothing outside."""
    return 0.0 if np.all(np.abs(q) < 1) else -np.inf


def half(q):
    """An exponential to the right of zero, and a wall there."""
    return float(-np.sum(q)) if np.all(q > 0) else -np.inf


def log_gamma(q):
    """The log of a gamma variable with shape 3."""
    return float(np.sum(3 * q - np.exp(q)))
