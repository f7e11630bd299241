"""Point by point, in plain Python."""

import math


def log_like_terms(x, y, m, b, s):
    terms = []
    for u, v in zip(x, y):
        z = (v - b - m * u) / s
        terms.append(-(z * z + math.log(2 * math.pi)) / 2 - math.log(s))
    return np.array(terms)
