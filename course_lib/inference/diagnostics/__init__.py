"""How good draws are: autocorrelation, effective sample size, convergence, a table, plots.

    >>> chain = np.random.default_rng(1).standard_normal((5000, 4, 2))    # [steps, walkers, d]
    >>> np.round(integrated_time(chain), 1)                 # independent draws: τ = 1
    array([1., 1.])

- `autocorrelation`: integrated autocorrelation time, effective sample size
- `convergence`: R-hat, bulk and tail effective sample size, Monte Carlo errors
- `summary`: these for all parameters in one table, with warnings
- `concerns`: sentences about a run: what went wrong, and what to do next
- `plots`: corner plot, autocorrelation plot

Nothing here knows about samplers: all functions take arrays of draws.
"""
