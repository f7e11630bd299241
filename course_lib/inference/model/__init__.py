"""What is sampled or optimised: a log probability and its gradient.

    >>> model = TFModel(lambda m, b: -0.5 * (m**2 + b**2), [1.0, 2.0])
    >>> model.value_and_gradient([1.0, 2.0])
    (-2.5, array([-1., -2.]))

- `tf_model`: `TFModel`, what users write
- `parameters`: the flat vector, and the shapes and names of the parameters in it
- `log_prob`: the user's function of a flat vector, with its gradient, checked
- `traced`: the same, compiled once per signature
- `graph_mode`: models written for TensorFlow 1
- `target`: what a sampler of one chain calls: one point, counted
- `batched_target`: what a sampler of many chains calls: many points, as columns
- `probing`: hard bounds and unused parameters, found near the draws
"""
