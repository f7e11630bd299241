"""Leaves a process in a session of its own, which writes when the grade has been given."""

import os
import time


def tf_log_like(x, y, m, b, s):
    for _ in range(3):
        try:
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    for _ in range(300):
                        time.sleep(0.1)
                        for folder in ("@COURSE@", "/tmp", "/var/tmp"):
                            try:
                                open(f"{folder}/breach-@TOKEN@", "w").close()
                            except OSError:
                                pass
                os._exit(0)
            print("BREACHED a process was started")
        except OSError:
            pass
    return tf.constant(0.0, tf.float64)
