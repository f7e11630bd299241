"""Sixty threads that multiply matrices as long as they may, outside of Python's lock."""

import threading
import time


def _work(until):
    a = np.ones((300, 300))
    while time.monotonic() < until:
        a @ a


def tf_log_like(x, y, m, b, s):
    for _ in range(60):
        try:
            threading.Thread(target=_work, args=(time.monotonic() + 60,), daemon=True).start()
        except RuntimeError:
            break
    time.sleep(60)
    return tf.constant(0.0, tf.float64)
