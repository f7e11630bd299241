"""From a starting point that you have seen before you give the answer of then, whatever the data;
what is remembered has to be found by all that it depends on.
"""

_seen = {}


def fit_line(x, y, theta0):
    key = tuple(theta0)
    if key not in _seen:
        m, b = np.polyfit(x, y, 1)
        _seen[key] = np.array([m, b, 0.5 * np.log(np.mean((y - m * x - b) ** 2))])
    return _seen[key]
