"""Claims about `laplace_log_evidence(top, hessian)`: 2 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, agree, exercise

from .inputs import HILLS, LARGE, ROUND, TENTHS, Array, Hill


@exercise(points=2)
def laplace_log_evidence(top: float, hessian: Array) -> float:
    """log ∫ exp(log density), a float, from its top and its Hessian there ``[d, d]``."""
    d = len(hessian)
    curvatures = np.linalg.eigvalsh(-np.asarray(hessian))
    if np.min(curvatures) <= 0:
        raise ValueError("a top curves downwards in every direction")
    return float(top + 0.5 * d * np.log(2 * np.pi) - 0.5 * np.sum(np.log(curvatures)))


def tolerance(hill: Hill) -> float:
    """1e-12 of the parts: a few eps for each of up to 60 logarithms of up to 20."""
    curvatures = np.linalg.eigvalsh(-hill.hessian)
    parts = abs(hill.top) + 0.92 * len(hill.hessian) + 0.5 * np.sum(np.abs(np.log(curvatures)))
    return float(1e-12 * (1 + parts))


def right(student, truth, hill: Hill) -> None:
    """Raise unless the value is right."""
    value = student.laplace_log_evidence(*hill.arguments)
    agree(value, truth(*hill.arguments), tolerance=tolerance(hill))


@laplace_log_evidence.claim(points=0.25, gate=True, draws=4, hill=ROUND)
def is_the_area_under_a_gaussian(student, truth, hill):
    """In one dimension it is the log of height times width times √(2π)."""
    right(student, truth, hill)
    higher = Hill(hill.top + 1.0, 4 * hill.hessian)
    right(student, truth, higher)


@laplace_log_evidence.claim(points=0.75, draws=8, hill=HILLS)
def has_the_right_value(student, truth, hill):
    """It is exact for Gaussians of one to five dimensions."""
    right(student, truth, hill)


@laplace_log_evidence.claim(points=0.5, always=LARGE)
def sixty_dimensions_are_no_harder(student, truth, hill):
    """With 60 parameters the determinant leaves the range of float64; its logarithm does not."""
    right(student, truth, hill)


@laplace_log_evidence.claim(points=0.25, relative=True, draws=4, hill=HILLS)
def knows_the_unit(student, truth, hill):
    """With all parameters measured in a unit 2⁻⁴ as large, it is larger by d log 2⁴."""
    other = Hill(hill.top, hill.hessian / 256.0)
    due = student.laplace_log_evidence(*hill.arguments) + len(hill.hessian) * np.log(16.0)
    agree(student.laplace_log_evidence(*other.arguments), due, tolerance=2 * tolerance(other))


@laplace_log_evidence.claim(points=0.25, relative=True, draws=4, hill=HILLS, top=TENTHS)
def independent_hills_add_up(student, truth, hill, top):
    """Two hills that do not know of each other: the logs of their areas add up."""
    d = len(hill.hessian)
    both = np.zeros((d + 1, d + 1))
    both[:d, :d], both[d, d] = hill.hessian, -2.0
    whole = student.laplace_log_evidence(hill.top + top, both)
    parts = [
        student.laplace_log_evidence(*hill.arguments),
        student.laplace_log_evidence(top, np.array([[-2.0]])),
    ]
    if np.ndim(whole) != 0:
        raise ClaimFailure("one number", whole)
    agree(whole, sum(parts), tolerance=3 * tolerance(Hill(hill.top + top, both)))


mistake = laplace_log_evidence.mistake
PRICE = "0.5 * np.linalg.slogdet(-hessian)[1]"
WIDTH = "0.5 * len(hessian) * np.log(2 * np.pi)"
mistake(
    "determinant_underflows",
    "With many parameters the determinant is zero or infinite before its log is taken.",
    "np.linalg.slogdet(-hessian)[1]",
    "np.log(np.linalg.det(-hessian))",
)
mistake(
    "size_of_the_determinant",
    "With many parameters the determinant is zero or infinite before its log is taken.",
    "np.linalg.slogdet(-hessian)[1]",
    "np.log(abs(np.linalg.det(hessian)))",
)
mistake(
    "sharp_tops_gain",
    "A sharper top has less area under it: look at the sign of the determinant's log.",
    f"- {PRICE}",
    f"+ {PRICE}",
)
mistake(
    "half_forgotten",
    "A width is the root of a variance, so half of the log is wanted.",
    PRICE,
    "np.linalg.slogdet(-hessian)[1]",
)
mistake(
    "two_pi_once",
    "There is one factor √(2π) for each parameter.",
    WIDTH,
    "0.5 * np.log(2 * np.pi)",
)
mistake(
    "two_pi_forgotten",
    "The area of a Gaussian has a factor √(2π) for each parameter.",
    f"top + {WIDTH} ",
    "top ",
)
mistake(
    "sign_of_the_hessian",
    "The determinant of the Hessian itself may be negative, and its log is of no use then.",
    "np.linalg.slogdet(-hessian)[1]",
    "np.log(np.linalg.det(hessian))",
)
mistake(
    "trace",
    "The curvatures are added up; the determinant multiplies them.",
    "np.linalg.slogdet(-hessian)[1]",
    "np.log(np.trace(-hessian))",
)
mistake(
    "area_not_log",
    "This is the area; its logarithm is wanted.",
    f"float(top + {WIDTH} - {PRICE})",
    f"float(np.exp(min(700.0, top + {WIDTH} - {PRICE})))",
)
mistake(
    "decimal_log",
    "This logarithm is to base ten; the natural one is wanted.",
    "np.linalg.slogdet(-hessian)[1]",
    "np.linalg.slogdet(-hessian)[1] / np.log(10.0)",
)
mistake(
    "diagonal_only",
    "Only the diagonal of the curvature counts; its mixed terms change the area, too.",
    "np.linalg.slogdet(-hessian)[1]",
    "np.sum(np.log(-np.diag(hessian)))",
)
mistake(
    "top_forgotten",
    "The height of the top makes no difference.",
    "top + ",
    "",
)
