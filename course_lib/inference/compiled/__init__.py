"""Many chains of NUTS, HMC or elastic-step HMC at once, compiled with XLA: what `sample` does.

    >>> result = sample(model, draws=200, chains=16, warmup=100, seed=1, progress=False)
    >>> result.draws.shape                              # [steps, chains, d]
    (200, 16, 3)

All chains make each step together, so that arrays are [d, C], with a column for each chain. The
loops over draws and over the steps of a trajectory are in one compiled function, which costs little
more than its arithmetic. The algorithms are those of `readable`, except for HMC's integrator
(`integrators.two_stage`); read those first.

From the outside in:

- `sample`: the user's function; `collect`: its result
- `warm_up`: windows, in which step size, metric and trajectory length adapt
- `chains`: all chains, and calls of the compiled function
- `initialisation`, `shared_metric`, `random_streams`: starting points, metric, random numbers
- `chunk`: several transitions as one compiled function
- `nuts_kernel`, `u_turn`, `hmc_kernel`, `elastic_kernel`: one transition
- `dual_averaging`: the step size, inside the compiled function
- `integrators`, `whitened_target`, `state`: one step, in coordinates in which the metric is 1
- `xla_ops`: random numbers and array updates
"""
