"""You return a number for each parameter; their times are to be averaged into one."""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = steps * walkers / integrated_time(chain)
    return n_eff, seconds / n_eff
