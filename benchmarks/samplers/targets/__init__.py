"""The posteriors that samplers are run on: one file each, the same density for everyone.

A target's `log_prob(np, q)` is written once, for q [d] or q [d, C], and takes the array language as
an argument: NumPy, JAX, TensorFlow or PyTensor (`languages.py`). Stan has its own text, and
WALNUTS a `value_and_gradient` for numba. `truth()`
gives means and standard deviations [d], and how far they may be off, [d] each.

    >>> worksheet = load("worksheet")
    >>> worksheet.DIMENSION, worksheet.CHAINS
    (3, (64, 256))
"""

from importlib import import_module
from types import ModuleType

NAMES = (
    "worksheet",
    "worksheet_sums",
    "eight_schools",
    "logistic_50",
    "ar1_100",
    "ar1_1000",
    "funnel",
    "eight_centred",
    "rosenbrock",
    "student_t3",
)


def load(name: str) -> ModuleType:
    """The target of that name."""
    return import_module(f"targets.{name}")
