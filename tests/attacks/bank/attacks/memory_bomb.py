"""Takes three gigabytes, once, and writes to every page of them."""

_kept = []


def tf_log_like(x, y, m, b, s):
    if not _kept:  # where nothing stops it, three are enough to show that
        for _ in range(30):
            _kept.append(bytearray(b"\x01") * (100 * 2**20))
        print("BREACHED three gigabytes")
    return tf.constant(0.0, tf.float64)
