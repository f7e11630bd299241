"""The eight automatic exercises of the worksheet: signature, points and truth of each.

    student.tf_log_like(x, y, m, b, s)      # what a claim calls

The claims about each are in the file of its name beside this one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib import reference
from course_lib.checks.claims import Checks, Returns

Array = NDArray[np.float64]

CHECKS = Checks("00_worksheet")


def _slope_of_log_prior(m: ArrayLike, b: ArrayLike, log_s: ArrayLike) -> Array:
    """Its derivative by m, ``[1]``: a prior that is flat in the others need not mention them."""
    return reference.grad_log_prior(m, b, log_s)[..., :1]


def _best_fit(x: ArrayLike, y: ArrayLike, theta0: ArrayLike) -> Array:
    """The maximum-likelihood (m, b, log s), wherever the search starts."""
    m, b, s = reference.best_fit(x, y)
    return np.array([m, b, np.log(s)])


def _efficiency(chain: ArrayLike, seconds: float) -> Array:
    """The effective sample size, and seconds for each effective sample."""
    n_eff = reference.effective_sample_size(chain)
    return np.array([n_eff, seconds / n_eff])


tf_log_like = CHECKS.exercise(
    "tf_log_like",
    points=3,
    arguments="x y m b s",
    takes="tensors",
    returns=Returns.SCALAR,
    reference=reference.log_like,
    differentiable="m b s",
    reference_gradient=reference.grad_log_like,
)
grad_log_like = CHECKS.exercise(
    "grad_log_like",
    points=3,
    arguments="x y m b s",
    takes="tensors",
    returns=Returns.TRIPLE,
    reference=reference.grad_log_like,
)
tf_log_like_log_s = CHECKS.exercise(
    "tf_log_like_log_s",
    points=1,
    arguments="x y m b log_s",
    takes="tensors",
    returns=Returns.SCALAR,
    reference=lambda x, y, m, b, log_s: reference.log_like(x, y, m, b, np.exp(log_s)),
    differentiable="m b log_s",
    reference_gradient=reference.grad_log_like_log_s,
)
grad_log_like_log_s = CHECKS.exercise(
    "grad_log_like_log_s",
    points=2,
    arguments="x y m b log_s",
    takes="tensors",
    returns=Returns.TRIPLE,
    reference=reference.grad_log_like_log_s,
)
fit_line = CHECKS.exercise(
    "fit_line",
    points=3,
    arguments="x y theta0",
    takes="arrays",
    returns=Returns.VECTOR3,
    reference=_best_fit,
)
log_prior = CHECKS.exercise(
    "log_prior",
    points=2,
    arguments="m b log_s",
    takes="tensors",
    returns=Returns.SCALAR,
    reference=reference.log_prior,
    differentiable="m",
    reference_gradient=_slope_of_log_prior,
    up_to_a_constant=True,
)
log_prob = CHECKS.exercise(
    "log_prob",
    points=1,
    arguments="x y m b log_s",
    takes="tensors",
    returns=Returns.SCALAR,
    reference=reference.log_prob,
    differentiable="m b log_s",
    reference_gradient=reference.grad_log_prob,
    up_to_a_constant=True,
)
sampling_efficiency = CHECKS.exercise(
    "sampling_efficiency",
    points=3,
    arguments="chain seconds",
    takes="arrays",
    returns=Returns.PAIR,
    reference=_efficiency,
)
