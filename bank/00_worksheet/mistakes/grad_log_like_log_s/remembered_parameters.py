"""Your function remembers what it answered for these parameters, and forgets that the data have
changed since.
"""

cache = {}


def grad_log_like_log_s(x, y, m, b, log_s):
    key = tuple(float(v) for v in (m, b, log_s))
    if key not in cache:
        dm, db, ds = grad_log_like(x, y, m, b, tf.exp(log_s))
        cache[key] = dm, db, ds * tf.exp(log_s)
    return cache[key]
