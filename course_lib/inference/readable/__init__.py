"""The samplers as algorithms to read: one chain at a time, in NumPy, close to the papers.

    >>> result = nuts(model, start, draws=100, warmup=100, seed=1, progress=False)
    >>> result.draws.shape                              # [steps, chains, d]
    (100, 1, 3)

Read in this order, after `hamiltonian`:

- `hmc`: Hamiltonian Monte Carlo
- `trajectory`: how NUTS grows a trajectory, and when that turns back
- `nuts`: the No-U-Turn Sampler
- `elastic`: HMC whose step is short where the gradient is large
- `chain`: one chain, in its warm-up and after it
- `run_chains`: several chains, progress bar, interruption
- `optimise`: the most probable parameters, with SciPy

`compiled` has the same algorithms for many chains, and is much faster.
"""
