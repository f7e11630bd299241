"""NumPy and SciPy truth that several exercises share; `reference/` works it out.

>>> best_fit([0.0, 1.0, 2.0, 3.0], [0.0, 0.0, 0.0, 4.0])[:2].round(12).tolist()
[1.2, -0.8]
"""

from __future__ import annotations

from .reference import (
    best_fit,
    grad_log_like,
    grad_log_like_log_s,
    grad_log_like_log_s_scale,
    grad_log_like_scale,
    grad_log_prob_scale,
    integrated_time,
    integrated_time_error,
    log_like,
    log_like_scale,
    log_prior_scale,
    log_prob_scale,
    standard_errors,
)

__all__ = [
    "best_fit",
    "grad_log_like",
    "grad_log_like_log_s",
    "grad_log_like_log_s_scale",
    "grad_log_like_scale",
    "grad_log_prob_scale",
    "integrated_time",
    "integrated_time_error",
    "log_like",
    "log_like_scale",
    "log_prior_scale",
    "log_prob_scale",
    "standard_errors",
]
