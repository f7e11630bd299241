"""Explanations and pictures that only this subject has: see the files beside this one.

`counterfactuals`  plain changes of a line's data and of a chain
`terms`            which term of a Gaussian's log density is wrong
`searching`        where a fit's search ends; by which factor an effective number is off
`contours`         a log posterior seen from above; `features`: quantities by which inputs differ
`probes`           the inputs by which known mistakes are told apart
"""

from __future__ import annotations

from course_lib.feedback.pictures import curve_along

from . import contours, counterfactuals, features, probes, searching, terms
from .fit_line import fit_line
from .grad_log_like import grad_log_like
from .grad_log_like_log_s import grad_log_like_log_s
from .log_prior import log_prior
from .log_prob import log_prob
from .sampling_efficiency import sampling_efficiency
from .tf_log_like import tf_log_like
from .tf_log_like_log_s import tf_log_like_log_s

PARAMETERS = {"s": "s", "log_s": "log s", "m": "m", "b": "b"}
NUMBERS = (tf_log_like, tf_log_like_log_s, log_prior, log_prob)
GRADIENTS = (grad_log_like, grad_log_like_log_s)
curve = curve_along(PARAMETERS, logarithmic={"s"})

for exercise in (*NUMBERS, *GRADIENTS, fit_line, sampling_efficiency):
    exercise.features.append(features.features)
    exercise.factors.append(features.factors)
    exercise.counterfactuals += counterfactuals.of(exercise.arguments)
    exercise.probes = probes.of(exercise.arguments)

for exercise in (tf_log_like, tf_log_like_log_s, log_prob):
    exercise.hint(terms.terms)
for exercise in NUMBERS:
    exercise.hint(terms.terms, late=True)  # of a prior, the engine names a plain factor first
    exercise.hint(terms.parts, late=True)
    exercise.pictures.append(curve)

fit_line.hint(searching.stops_early, late=True)
sampling_efficiency.hint(searching.factor_of_the_count, late=True)

log_prob.pictures.insert(0, contours.contours)
fit_line.pictures.append(contours.lines)
