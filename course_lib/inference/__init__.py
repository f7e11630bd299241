"""From a TensorFlow log probability to draws of its parameters, and how good they are.

    >>> from course_lib.inference import TFModel, maximize, nuts
    >>> model = TFModel(log_prob, [m, b, log_s])        # value, gradient, current_vector
    >>> best = maximize(model)                          # SciPy's L-BFGS-B
    >>> result = nuts(model, best.x, draws=300, warmup=300, seed=1, progress=False)
    >>> print(result.summary())
    parameter         mean          sd        mcse  bulk ESS  tail ESS   R-hat
    m         ...

Students import all names from here. The folders, each of which imports only those above it:

- `model`: a log probability and its gradient: `TFModel`
- `hamiltonian`: metric, leapfrog integrator, transition
- `diagnostics`: autocorrelation, R-hat, effective sample size, summary, plots
- `adaptation`: what the warm-up learns: step size, mass matrix, trajectory length
- `result`: `Result`, what every sampler returns
- `run_checks`: the warnings and the error at the end of a run, the same for every sampler
- `readable`: `nuts`, `hmc` and `elastic_hmc` as algorithms to read, and `minimize`, `maximize`
- `compiled`: `sample`, the same samplers for many chains at once, fast; does not import `readable`

Nothing else of course_lib is imported, so that the package works without the rest. Its import runs
no TensorFlow operation and starts no thread.
"""

from course_lib.inference.adaptation.dual_averaging import DualAveraging
from course_lib.inference.adaptation.step_size import ConstantStepSize
from course_lib.inference.compiled.sample import sample
from course_lib.inference.diagnostics.autocorrelation import (
    ShortChainWarning,
    autocorrelation,
    effective_sample_size,
    integrated_time,
)
from course_lib.inference.diagnostics.convergence import (
    bulk_ess,
    mcse_mean,
    mcse_sd,
    split_r_hat,
    tail_ess,
)
from course_lib.inference.diagnostics.plots import autocorrelation_plot, corner_plot
from course_lib.inference.diagnostics.summary import Summary
from course_lib.inference.hamiltonian.leapfrog import PhasePoint, leapfrog
from course_lib.inference.hamiltonian.metrics import (
    DenseMetric,
    DiagonalMetric,
    IdentityMetric,
    IsotropicMetric,
    Metric,
)
from course_lib.inference.model.tf_model import ModelError, TFModel
from course_lib.inference.readable.elastic import elastic_hmc
from course_lib.inference.readable.hmc import hmc
from course_lib.inference.readable.nuts import nuts
from course_lib.inference.readable.optimise import maximize, minimize
from course_lib.inference.result import Result
from course_lib.inference.run_checks import StuckChainError

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
    "StuckChainError",
    "Summary",
    "TFModel",
    "autocorrelation",
    "autocorrelation_plot",
    "bulk_ess",
    "corner_plot",
    "effective_sample_size",
    "elastic_hmc",
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
