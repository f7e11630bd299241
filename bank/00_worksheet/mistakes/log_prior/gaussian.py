"""Steep lines are far too improbable; this is a Gaussian in the slope, which knows nothing of
angles.
"""

def log_prior(m, b, log_s):
    return -0.5 * m**2
