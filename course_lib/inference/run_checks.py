"""What every sampler says at the end of a run: warnings, or the error that a chain never moved.

    >>> run = hmc(lambda q: (-0.5 * q[0] ** 2, np.array([-q[0], 0.0])), [0.0, 0.0], draws=100,
    ...           warmup=0, step_size=0.5, seed=1, progress=False)      # q[1] is not used
    >>> run.unused, run.concerns()[0].partition(":")[0]
    (('q[1]',), 'log_prob does not depend on q[1]')

`nuts`, `hmc` and `sample` call `checked` with their result, so that all of them warn alike.
"""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.model.probing import Evaluate, hard_bounds, unused_parameters
from course_lib.inference.result import Result

Floats = NDArray[np.float64]
STUCK_DRAWS = 20
"""With so many draws, a chain that never moved is an error: at an acceptance of one half, this
happens to one of 64 chains once in 8000 runs. With fewer it is a warning."""


class StuckChainError(RuntimeError):
    """A chain never moved, so the draws are not from the posterior. They are in `.result`."""

    def __init__(self, message: str, result: Result):
        super().__init__(message)
        self.result = result


def checked(result: Result, evaluate: Evaluate, gradient: Floats, stacklevel: int = 3) -> Result:
    """The result, with what was found about its target; warns of all concerns.

    Parameters
    ----------
    result : Result
    evaluate : callable
        q [d, k] -> (log π [k], gradient [d, k]), for any k. Called only if trajectories diverged,
        or if a parameter's gradient is 0 at all of the draws that `gradient` is about.
    gradient : array [d, 2 * chains]
        That at the first draws, then at the last draws, of all chains.
    stacklevel : int
        As for `warnings.warn`, seen from here.

    Raises StuckChainError if a chain never moved in STUCK_DRAWS draws or more.
    """
    if result.stuck_chains.size and len(result.draws) >= STUCK_DRAWS:
        raise StuckChainError(result.concerns()[0], result)
    ends = np.concatenate([result.draws[0], result.draws[-1]]).T
    with np.errstate(all="ignore"):  # beyond a bound NumPy may warn of log(-1)
        result = replace(
            result,
            unused=tuple(result.names[i] for i in unused_parameters(evaluate, ends, gradient)),
            bounds=tuple(_in_words(result, evaluate)) if result.divergent.any() else (),
        )
    for concern in result.warnings():
        warnings.warn(concern, stacklevel=stacklevel)
    return result


def _in_words(result: Result, evaluate: Evaluate) -> list[str]:
    """Each bound as "below q[0] = 0.001"."""
    return [
        f"{bound.side} {result.names[bound.parameter]} = {bound.edge:.3g}"
        for bound in hard_bounds(evaluate, result.flat.T)
    ]
