"""Your series for the exponential is cut: it is right for a small log s and wrong for a large one."""

import math


def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, sum(log_s**k / float(math.factorial(k)) for k in range(20)))
