"""The only exercise of this course that needs TensorFlow."""

import numpy as np
from hypothesis import strategies as st

from course_lib.claims import agree, exercise, float64_tensors

PLACES = st.lists(st.integers(-8, 8).map(lambda k: k / 4), min_size=1, max_size=4).map(np.array)
STIFF = st.sampled_from([0.5, 2.0, 3.0])
ROUNDING = 1e-13


@exercise(points=3, takes="tensors", differentiable="q k")
def energy(q, k):
    """The energy k |q|² / 2, a float64 tensor []; stretched by q [n], of stiffness k []."""
    return 0.5 * k * np.sum(q**2)


@energy.gradient
def _gradient(q, k):
    return k * q, 0.5 * np.sum(q**2)


@energy.claim(points=1, gate=True, q=PLACES, k=STIFF)
def has_the_right_value(student, truth, q, k):
    """It is half the stiffness times the sum of squares."""
    agree(student.energy(q, k), truth(q, k), tolerance=ROUNDING)


@energy.claim(points=1, q=PLACES, k=STIFF)
def can_be_differentiated(student, truth, q, k):
    """TensorFlow finds the derivatives with respect to each of q, and to k."""
    agree(student.energy.gradient(q, k), truth.gradient(q, k), tolerance=ROUNDING)


@energy.claim(points=1, q=PLACES, k=STIFF)
def is_one_tensor(student, truth, q, k):
    """What comes back is one float64 tensor without axes."""
    float64_tensors(student.energy.answer(q, k), count=1)


energy.mistake("no_half", "The factor 1/2 is missing.", "0.5 * k", "k")
energy.mistake(
    "left_tensorflow", "The derivative is lost: k leaves TensorFlow.", "0.5 * k", "0.5 * k.numpy()"
)
