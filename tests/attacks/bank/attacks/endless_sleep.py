"""Sleeps in a thread and waits for it, with all signals blocked."""

import signal
import threading
import time


def tf_log_like(x, y, m, b, s):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    thread = threading.Thread(target=time.sleep, args=(3600,))
    thread.start()
    thread.join()
    return tf.constant(0.0, tf.float64)
