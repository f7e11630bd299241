"""A mean of both, with weights that may go beyond them."""


def stretch_proposal(walker, other, u):
    z = (1 + u) * (1 + u) / 2
    return z * walker + (1 - z) * other, (len(walker) - 1) * np.log(z)
