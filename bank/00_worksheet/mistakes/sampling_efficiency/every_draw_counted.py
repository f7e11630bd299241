"""A slow chain is worth as much as a fast one to you; neighbours resemble each other, and τ
says how much.
"""

def sampling_efficiency(chain, seconds):
    n_eff = float(chain.shape[0] * chain.shape[1])
    return n_eff, seconds / n_eff
