"""The harmonic mean of each parameter's effective sample size."""

def sampling_efficiency(chain, seconds):
    from course_lib.inference import effective_sample_size
    n_eff = float((lambda e: len(e) / np.sum(1 / e))(effective_sample_size(chain, method="sokal"))) / float(1)
    return n_eff, seconds / n_eff
