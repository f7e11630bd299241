"""For flat lines you are right to first order, and for steep ones far off; do not expand the
log.
"""

def log_prior(m, b, log_s):
    return -1.5 * m**2
