"""Changes everything that a later submission in the same interpreter would meet."""

import builtins
import random
import sys
import tempfile

builtins.breached = True
builtins.len = lambda value: 0
builtins.sum = builtins.max = lambda *args: 0
np.pi, np.e = 3.0, 2.0
tf.reduce_sum = tf.math.log = lambda *args, **kwargs: tf.constant(0.0, tf.float64)
tempfile.tempdir = "/tmp/breach"
random.seed(1)
np.random.seed(1)
sys.path.insert(0, "/tmp")
sys.modules["emcee"] = sys.modules["corner"] = None


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
