"""Whether an answer has the type that its signature says.

    float64_tensors(student.tf_log_like.answer(*line), count=1)

Raises `Wrong` with what was expected and what came back, in words.
"""

from __future__ import annotations

import numpy as np

from course_lib.calls.answer import Answer
from course_lib.checks.wrong import Wrong, describe

COUNTS = {1: "one float64 tensor of shape []", 3: "three float64 tensors of shape []"}


def float64_tensors(answer: Answer, count: int) -> None:
    """Raise unless the answer is `count` float64 tensors without axes; a list is a tuple too."""
    right_parts = all(
        part.kind == "tensor" and part.dtype == "float64" and part.values.shape == ()
        for part in answer.parts
    )
    right_container = (answer.container == "one") == (count == 1)
    if not (right_parts and right_container and len(answer.parts) == count):
        raise Wrong(COUNTS[count], describe(answer))


def three_numbers(answer: Answer) -> None:
    """Raise unless the answer is three finite float64: an array, a tensor, or a sequence."""
    shapes = [part.values.shape for part in answer.parts]
    right_shape = shapes == [(3,)] if answer.container == "one" else shapes == [()] * 3
    if not (right_shape and all(part.dtype == "float64" for part in answer.parts)):
        raise Wrong("one float64 array of shape [3]", describe(answer))
    _finite(answer)


def two_numbers(answer: Answer) -> None:
    """Raise unless the answer is two finite numbers in double precision: a pair, or an array."""
    shapes = [part.values.shape for part in answer.parts]
    right_shape = shapes == [(2,)] if answer.container == "one" else shapes == [()] * 2
    doubles = all(part.dtype in ("float64", "int64", "int32") for part in answer.parts)
    if not (right_shape and doubles):
        raise Wrong("a pair of floats: n_eff, seconds per effective sample", describe(answer))
    _finite(answer)


def _finite(answer: Answer) -> None:
    for part in answer.parts:
        if not np.all(np.isfinite(part.values)):
            raise Wrong("finite numbers", part.values.tolist())
