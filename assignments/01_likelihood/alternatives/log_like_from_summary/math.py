"""Python's own math."""

import math


def log_like_from_summary(summary, m, b, s):
    n, mean_x, mean_y, sxx, sxy, syy = map(float, summary)
    lift = mean_y - m * mean_x - b
    squares = math.fsum([syy, -2 * m * sxy, m * m * sxx, n * lift * lift])
    return -0.5 * squares / (s * s) - n * (math.log(s) + 0.5 * math.log(2 * math.pi))
