"""With as many points as you have seen before you take the data of then; what is remembered has to
be found by all that it depends on.
"""

_seen = {}


def log_prob(x, y, m, b, log_s):
    x, y = _seen.setdefault(x.shape[0], (x, y))
    return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)
