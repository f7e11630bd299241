"""What the warm-up learns: step size, mass matrix, length of trajectories, and when it does so.

    >>> from course_lib.inference.adaptation.windows import schedule
    >>> schedule(1000).metric_updates       # transitions after which the metric is learnt again
    (100, 150, 250, 450, 950)

- `windows`: the parts of a warm-up
- `step_size`: a constant step size, and the first guess of one
- `dual_averaging`: a step size that comes to a wanted acceptance
- `metric_learner`: the metric of one chain, from its draws
- `mass_matrix`: the metric of many chains, from their draws and gradients
- `trajectory_length`: the length of HMC's trajectories, from the correlation of successive draws
- `step_counts`: the numbers of steps of elastic-step HMC, which nothing changes

Everything here is NumPy. `compiled/dual_averaging` is the same algorithm again, as TensorFlow
operations inside a compiled loop.
"""
