"""Sentences about a run: what went wrong, why, and what to do next.

    >>> print(diverged(3, 1000, ["below q[0] = 0.001"]).partition(":")[0])
    3 of 1000 trajectories diverged

They name arguments of `sample`, `nuts` and `hmc`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ONE_START = (
    "all chains started around one point: R-hat cannot see a mode that no chain started in. If "
    "there may be several, give start=[chains, d], spread more widely than the posterior"
)
SHOWN = 5
"""At most so many chains or bounds are listed."""


def diverged(lost: int, trajectories: int, bounds: Sequence[str]) -> str:
    """About `lost` divergent trajectories; `bounds` are places such as "below q[0] = 0.001"."""
    count = f"{lost} of {trajectories} trajectories diverged: "
    if bounds:
        return (
            f"{count}log_prob is not finite {_listed(bounds)}, a hard bound, and a trajectory that "
            f"crosses it is refused. Where that is the only cause, the draws are right, and each "
            f"refusal costs a trajectory. Next: use a parameter without a bound, such as the log "
            f"of the distance to it, with the log of its Jacobian added to log_prob."
        )
    return (
        f"{count}not an error, but near those draws the posterior is too sharply curved for this "
        f"step size, and the draws may miss a part of it. Next: target_acceptance=0.95; other "
        f"parameters (the log of a scale, a non-centred form); or, where scales differ from place "
        f"to place and this is not that method, sample(…, method='elastic')."
    )


def never_moved(stuck: NDArray[np.intp], draws: int, step_size: float) -> str:
    """About the chains `stuck`, whose draws are all the same; `step_size` is the first one's."""
    who = f"chain {stuck[0]}" if len(stuck) == 1 else f"chains {_listed([str(i) for i in stuck])}"
    return (
        f"{who} never moved in {draws} draws: the step size {step_size:.3g} is too large for the "
        f"posterior there, or the start is far out in a tail. Next: target_acceptance=0.95, a "
        f"longer warm-up (warmup=), a smaller step_size=, or another start=."
    )


def unused(names: Sequence[str]) -> str:
    """About parameters that do not change log_prob."""
    return (
        f"log_prob does not depend on {_listed(names)}: nothing holds such a parameter, and its "
        f"draws mean nothing. Next: use it in log_prob, give it a prior, or leave it out."
    )


def _listed(words: Sequence[str]) -> str:
    more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return ", ".join(words[:SHOWN]) + more
