"""The worksheet as the engine loads it, and answers that its tests make: no TensorFlow, no process.

from worksheet import ASSIGNMENT, reference, tensors
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.claims.loading import load
from course_lib.claims.truth import Truth
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import Numbers

ROOT = Path(__file__).parents[3]
ASSIGNMENT = load("00_worksheet", ROOT)
EXERCISES = ASSIGNMENT.exercises
TRUTH = Truth(ASSIGNMENT)


def module(name: str) -> Any:
    """One of the assignment's own modules, as it was loaded."""
    package = EXERCISES["tf_log_like"].truth.__module__.rpartition(".")[0]
    return importlib.import_module(f"{package}.{name}")


reference = module("reference")


def tensor(value: Any) -> Numbers:
    """A float64 tensor."""
    return Numbers("tensor", "float64", np.asarray(value, dtype=np.float64))


def tensors(*values: Any) -> Answer:
    """One float64 tensor, or a tuple of several."""
    parts = tuple(map(tensor, values))
    return Answer(parts if len(parts) > 1 else parts[0])


def array(values: Any) -> Answer:
    """A float64 array."""
    return Answer(Numbers("array", "float64", np.asarray(values, dtype=np.float64)))


def right(question: Question) -> Answer:
    """The right answer to a question about the worksheet."""
    answer = TRUTH.answer(question)
    assert isinstance(answer, Answer)
    return answer
