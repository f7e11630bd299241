"""All slopes are alike to you; the text says why that is not innocent."""

def log_prior(m, b, log_s):
    return 0.0 * m
