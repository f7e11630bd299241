"""With more than three parameters the factor stays that of three: it grows with each of them."""


def stretch_proposal(walker, other, u):
    z = (1 + u) ** 2 / 2
    d = min(len(walker), 3)
    return other + z * (walker - other), float((d - 1) * np.log(z))
