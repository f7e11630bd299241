"""The sampler of 2018 as it was described: each draw keeps log π of the point that was left.

For its cost only: its draws are too wide. Metric and step size are given, as they were then.
"""

from typing import Any

import numpy as np
from run import Run, Sampler
from targets.languages import tensorflow_language


def prepare(target: Any, chains: int, variant: str) -> tuple[float, Sampler]:
    from course_lib.inference import DiagonalMetric, TFModel
    from course_lib.inference.readable.nuts import nuts_step
    from course_lib.inference.readable.run_chains import run_chains

    def step(value_and_gradient: Any, metric: Any, point: Any, *rest: Any) -> Any:
        found = nuts_step(value_and_gradient, metric, point, *rest)
        return found._replace(point=found.point._replace(log_prob=point.log_prob))

    language, (_, sd, _) = tensorflow_language(), target.truth()
    model = TFModel(lambda q: target.log_prob(language, q), [target.START])

    def sampler(seed: int, draws: int) -> Run:
        found = run_chains(
            step, model, target.START, draws, 0, 1.0, DiagonalMetric(sd**2), seed, chains, False,
            "2018",
        )  # fmt: skip
        return Run(
            np.asarray(found.draws), 0.0, found.sampling_seconds, found.evaluations,
            int(found.divergent.sum()), found.compile_seconds,
        )  # fmt: skip

    return 0.0, sampler
