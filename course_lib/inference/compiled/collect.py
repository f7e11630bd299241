"""The draws of all compiled calls, as a `Result`.

>>> from course_lib.inference.compiled.dual_averaging import init_step_size
>>> chains = Chains(model, None, chains=8, metric="diagonal", method="nuts", max_depth=8, seed=1,
...                 longest=50)
>>> chains.compile()
>>> chains.step_size = init_step_size(0.5)
>>> parts = draw(chains, 10)
>>> result = collect(chains, parts, names=["m", "b", "log_s"], warmup=0, warmup_evaluations=0,
...                  compile_seconds=0.0, warmup_seconds=0.0, sampling_seconds=0.0)
>>> result.draws.shape                              # [steps, chains, d]
(10, 8, 3)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.inference.compiled.chains import Chains
from course_lib.inference.compiled.chunk import Chunk
from course_lib.inference.result import Result


def draw(
    chains: Chains, draws: int, on_progress: Callable[[int], Any] = lambda made: None
) -> list[Chunk]:
    """Make `draws` transitions. After Ctrl-C returns those that are complete."""
    parts: list[Chunk] = []
    try:
        for part in chains.transitions(draws, on_progress):
            parts.append(part)
    except KeyboardInterrupt:
        pass
    return parts


def collect(chains: Chains, parts: list[Chunk], names: list[str], **about: Any) -> Result:
    """The result of the transitions in `parts`; `about` are the fields that chains do not know."""
    fields: dict[str, Any] = {
        field: np.concatenate([getattr(part, field) for part in parts])
        for field in ("log_prob", "energy", "acceptance", "divergent", "depth", "leapfrogs")
    }
    q = np.concatenate([part.q for part in parts])
    return Result(
        draws=np.ascontiguousarray(np.moveaxis(q, 1, 2)),
        **fields,
        names=names,
        step_size=np.full(chains.number, float(np.exp(chains.step_size.log_step))),
        metric=(chains.metric.to_metric(),) * chains.number,
        seed=chains.random.seed,
        **about,
    )
