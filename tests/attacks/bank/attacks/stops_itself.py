"""Stops its own process, by every signal that can, and waits to be continued."""

import os
import signal


def tf_log_like(x, y, m, b, s):
    for number in (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
        os.kill(os.getpid(), number)
    signal.pause()
    return tf.constant(0.0, tf.float64)
