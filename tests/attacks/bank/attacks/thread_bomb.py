"""Starts five hundred threads, each of which sleeps for a minute."""

import threading
import time


def tf_log_like(x, y, m, b, s):
    for _ in range(500):
        threading.Thread(target=time.sleep, args=(60,)).start()
    return tf.constant(0.0, tf.float64)
