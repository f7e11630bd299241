"""What HMC and NUTS have in common: the metric, the integrator, the report of a transition.

    >>> unit_normal = lambda q: (-0.5 * float(q @ q), -q)
    >>> point = PhasePoint(np.array([1.0]), np.array([0.0]), *unit_normal(np.array([1.0])))
    >>> leapfrog(unit_normal, IdentityMetric(1), point, 0.1).position
    array([0.995])

- `metrics`: the mass matrix, given as its inverse, the covariance of the parameters
- `leapfrog`: a point in phase space, one step of the integrator, the energy
- `elastic`: the step of elastic-step HMC, as a distribution that depends on the place
- `transition`: the draw that a sampler made, and how it was made
"""
