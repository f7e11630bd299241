"""Your constant changes from call to call; it may be any number, and has to stay what it is."""

_calls = []


def log_prob(x, y, m, b, log_s):
    _calls.append(m)
    return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s) + 1e-6 * len(_calls)
