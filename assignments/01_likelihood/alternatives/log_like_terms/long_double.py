"""In more digits than needed, then rounded."""


def log_like_terms(x, y, m, b, s):
    z = (np.longdouble(1) * y - np.longdouble(m) * x - b) / s
    terms = -(z**2) / 2 - np.log(np.longdouble(s)) - np.log(np.longdouble(2) * np.pi) / 2
    return terms.astype(float)
