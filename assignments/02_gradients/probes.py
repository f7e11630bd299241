"""The inputs by which known mistakes of `gradient_is_right` are told apart: fixed, and no claim's.

It says yes or no, so that one answer tells little: functions, places and gradients of every kind
come often enough that each mistake is wrong on several of them.

>>> f, gradient, theta, scale = tests(np.random.default_rng(0))
>>> theta.shape == scale.shape
True
"""

from __future__ import annotations

import numpy as np

from .inputs import Array, Slope, Waves, right, waves

# What is done to one component of a right gradient, and how often.
SPOILT = {"nothing": 0.3, "one percent": 0.3, "its sign": 0.1, "not a number": 0.15, "inf": 0.15}


def tests(rng: np.random.Generator) -> tuple[Waves, Slope, Array, Array]:
    """Arguments of `gradient_is_right`: every size of value and scale, at zero and far from it."""
    d = int(rng.choice([2, 3, 16]))
    unit = 10.0 ** rng.choice([-12, 0, 6])
    scale = 10.0 ** rng.choice([-6, 0, 3], size=d) if rng.uniform() < 0.7 else np.ones(d)
    f = waves(
        tuple((unit * rng.uniform(0.5, 2.0, 2)).tolist()),
        tuple(tuple((row / scale).tolist()) for row in rng.uniform(-1.0, 1.0, (2, d))),
        tuple(rng.uniform(-1.0, 1.0, 2).tolist()),
        tuple((unit * rng.uniform(0.2, 1.0, d) / scale**2).tolist()),
    )
    place = rng.choice([0.0, 1.0, 1.0, 1e4]) * rng.uniform(-1.0, 1.0, d)
    test = right(f, (place * scale).tolist(), scale.tolist())
    k = int(rng.integers(d))
    match rng.choice(list(SPOILT), p=list(SPOILT.values())):
        case "one percent":
            test = test.spoilt({k: 1.01})
        case "its sign":
            test = test.spoilt({k: -1.0})
        case "not a number":
            test = test.spoilt(plus={k: np.nan})
        case "inf":
            test = test.spoilt(plus={k: rng.choice([-np.inf, np.inf])})
    return test.arguments
