"""The parameter a = 2, as emcee has it."""


def stretch_proposal(walker, other, u):
    a = 2.0
    z = ((a - 1.0) * u + 1) ** 2.0 / a
    proposed = other - (other - walker) * z
    return [proposed, np.float64(len(other) - 1.0) * np.log(z)]
