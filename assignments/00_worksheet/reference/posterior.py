r"""The worksheet's log prior and log posterior, with the gradient of each.

.. math::
    \log p(m, b, \log s) = -\tfrac32 \log(1 + m^2) + \text{const}

Flat in b and in log s, and uniform in the *angle* of the line: no direction is preferred, and
exchanging x and y gives the same prior. Source: J. VanderPlas 2014, "Frequentism and
Bayesianism: A Python-driven Primer", arXiv:1411.5018 (the prior of its straight-line example),
with the constant left out.

Because the prior is written as a density of log s, no Jacobian is added.

>>> from .posterior import log_prior
>>> float(log_prior(m=0.0, b=5.0, log_s=-2.0))
0.0
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .line import Array, log_like, log_like_scale
from .line_gradient import grad_log_like_log_s, grad_log_like_log_s_scale


def log_prior(m: ArrayLike, b: ArrayLike, log_s: ArrayLike) -> Array:
    """The log prior up to a constant, in nats: ``[...]``, where ``...`` are the parameters' axes.

    >>> log_prior([0.0, 1.0], 0.0, 0.0).round(6).tolist()
    [0.0, -1.039721]
    """
    slope = _broadcast(m, b, log_s)[0]
    return np.asarray(0.0 - 1.5 * np.log1p(slope**2))


def grad_log_prior(m: ArrayLike, b: ArrayLike, log_s: ArrayLike) -> Array:
    """d log_prior / d(m, b, log s): ``[..., 3]``; only the slope's is not zero, -3 m / (1 + m²).

    >>> grad_log_prior(1.0, 0.0, 0.0).tolist()
    [-1.5, 0.0, 0.0]
    """
    slope = _broadcast(m, b, log_s)[0]
    zero = np.zeros_like(slope)
    return np.stack([-3.0 * slope / (1.0 + slope**2), zero, zero], axis=-1)


def log_prior_scale(m: ArrayLike, b: ArrayLike, log_s: ArrayLike) -> Array:
    """The magnitudes behind `log_prior`, in nats: ``[...]``: 1.5 (1 + log(1 + m²)).

    The 1 is there because 1 + m² is rounded before its log is taken: a relative error of the
    argument is an absolute error of the log.

    >>> float(log_prior_scale(0.0, 0.0, 0.0))
    1.5
    """
    return 1.5 - log_prior(m, b, log_s)


def log_prob(x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, log_s: ArrayLike) -> Array:
    """The log posterior up to a constant, in nats: ``[...]``; `line.log_like` plus `log_prior`.

    Shapes and errors as in `line.log_like_terms`.

    >>> float(log_prob([0.0], [0.0], 0.0, 0.0, 0.0))
    -0.9189385332046727
    """
    return log_like(x, y, m, b, np.exp(log_s)) + log_prior(m, b, log_s)


def grad_log_prob(
    x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, log_s: ArrayLike
) -> Array:
    """d log_prob / d(m, b, log s): ``[..., 3]``, in nats per unit of each parameter.

    >>> grad_log_prob([0.0], [0.0], m=1.0, b=0.0, log_s=0.0).tolist()
    [-1.5, 0.0, -1.0]
    """
    return grad_log_like_log_s(x, y, m, b, log_s) + grad_log_prior(m, b, log_s)


def log_prob_scale(
    x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, log_s: ArrayLike
) -> Array:
    """The magnitudes behind `log_prob`, in nats: ``[...]``."""
    return log_like_scale(x, y, m, b, np.exp(log_s)) + log_prior_scale(m, b, log_s)


def grad_log_prob_scale(
    x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, log_s: ArrayLike
) -> Array:
    """The magnitudes behind each component of `grad_log_prob`: ``[..., 3]``."""
    return grad_log_like_log_s_scale(x, y, m, b, log_s) + np.abs(grad_log_prior(m, b, log_s))


def _broadcast(m: ArrayLike, b: ArrayLike, log_s: ArrayLike) -> tuple[Array, ...]:
    """The three parameters as float64 arrays of one common shape."""
    return np.broadcast_arrays(*(np.asarray(p, dtype=np.float64) for p in (m, b, log_s)))
