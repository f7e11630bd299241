"""What students import: from a TensorFlow log probability to draws and what they are worth.

    >>> from course_lib.inference import TFModel, maximize, nuts
    >>> model = TFModel(log_prob, [m, b, log_s])        # value, gradient, current_vector
    >>> best = maximize(model)                          # SciPy's L-BFGS-B
    >>> result = nuts(model, best.x, draws=300, warmup=300, seed=1, progress=False)
    >>> print(result.summary())
    parameter         mean          sd        mcse  bulk ESS  tail ESS   R-hat
    m         ...

One idea per file: `model`, `metrics`, `leapfrog`, `hmc`, `nuts`, `step_size`, `warmup`, `result`,
`autocorrelation`, `diagnostics`, `optimise`; `sample` is NUTS and HMC again, compiled, for many
chains at once. Importing this package runs no TensorFlow operation.
"""

from course_lib.inference.autocorrelation import (
    ShortChainWarning,
    autocorrelation,
    effective_sample_size,
    integrated_time,
)
from course_lib.inference.diagnostics import (
    bulk_ess,
    mcse_mean,
    mcse_sd,
    split_r_hat,
    tail_ess,
)
from course_lib.inference.hmc import hmc
from course_lib.inference.leapfrog import PhasePoint, leapfrog
from course_lib.inference.metrics import (
    DenseMetric,
    DiagonalMetric,
    IdentityMetric,
    IsotropicMetric,
    Metric,
)
from course_lib.inference.model import ModelError, TFModel
from course_lib.inference.nuts import nuts
from course_lib.inference.optimise import maximize, minimize
from course_lib.inference.pictures import autocorrelation_plot, corner_plot
from course_lib.inference.result import Result
from course_lib.inference.sample import sample
from course_lib.inference.step_size import ConstantStepSize, DualAveraging
from course_lib.inference.summary import Summary

__all__ = [
    "ConstantStepSize",
    "DenseMetric",
    "DiagonalMetric",
    "DualAveraging",
    "IdentityMetric",
    "IsotropicMetric",
    "Metric",
    "ModelError",
    "PhasePoint",
    "Result",
    "ShortChainWarning",
    "Summary",
    "TFModel",
    "autocorrelation",
    "autocorrelation_plot",
    "bulk_ess",
    "corner_plot",
    "effective_sample_size",
    "hmc",
    "integrated_time",
    "leapfrog",
    "maximize",
    "mcse_mean",
    "mcse_sd",
    "minimize",
    "nuts",
    "sample",
    "split_r_hat",
    "tail_ess",
]
