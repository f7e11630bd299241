"""NumPy and SciPy truth for the worksheet: what every answer is compared with.

Nothing here knows TensorFlow, a notebook or a student. Each file holds one idea:

=====================  ==========================================================
`line.py`              log likelihood of a straight line, term by term
`line_gradient.py`     its gradient by (m, b, s) and by (m, b, log s)
`optimum.py`           its maximum in closed form, and the standard errors there
`posterior.py`         log prior, log posterior, and the gradient of each
`quadrature.py`        the exact posterior mean and standard deviation
`autocorrelation.py`   integrated autocorrelation time and effective sample size
`worksheet_data.py`    the fifty points of the 2018 worksheet
=====================  ==========================================================

Arrays are float64. Parameters come in the order (m, b, s) or (m, b, log_s).

>>> from . import log_like, worksheet_data
>>> x, y, truth = worksheet_data()
>>> round(float(log_like(x, y, *truth)), 4)
38.044
"""

from .autocorrelation import (
    autocorrelation,
    effective_sample_size,
    integrated_time,
    integrated_time_error,
)
from .line import log_like, log_like_scale, log_like_terms
from .line_gradient import (
    grad_log_like,
    grad_log_like_log_s,
    grad_log_like_log_s_scale,
    grad_log_like_scale,
)
from .optimum import best_fit, standard_errors
from .posterior import (
    grad_log_prior,
    grad_log_prob,
    grad_log_prob_scale,
    log_prior,
    log_prior_scale,
    log_prob,
    log_prob_scale,
)
from .quadrature import PosteriorMoments, posterior_moments
from .worksheet_data import WorksheetData, worksheet_data

__all__ = [
    "PosteriorMoments",
    "WorksheetData",
    "autocorrelation",
    "best_fit",
    "effective_sample_size",
    "grad_log_like",
    "grad_log_like_log_s",
    "grad_log_like_log_s_scale",
    "grad_log_like_scale",
    "grad_log_prior",
    "grad_log_prob",
    "grad_log_prob_scale",
    "integrated_time",
    "integrated_time_error",
    "log_like",
    "log_like_scale",
    "log_like_terms",
    "log_prior",
    "log_prior_scale",
    "log_prob",
    "log_prob_scale",
    "posterior_moments",
    "standard_errors",
    "worksheet_data",
]
