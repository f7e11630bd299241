"""None, bool and complex numbers in nested tuples."""

import cmath

from hypothesis import strategies as st

from course_lib.claims import ClaimFailure, agree, exercise

WHOLE = st.integers(-6, 6).map(float)
ROUNDING = 1e-9  # roots are below 20; a double root is right to half the digits of eps, 1.5e-8 / 20


@exercise(points=3)
def roots(a, b, c):
    """None where a is 0; else (real, (r1, r2)): whether both roots of a x² + b x + c are real, and
    the roots, complex, the one with the smaller real part (then imaginary part) first.
    """
    if a == 0:
        return None
    d = cmath.sqrt(b * b - 4 * a * c)
    pair = sorted([(-b - d) / (2 * a), (-b + d) / (2 * a)], key=lambda z: (z.real, z.imag))
    return d.imag == 0, (pair[0], pair[1])


@roots.claim(points=1, gate=True, a=WHOLE.filter(bool), b=WHOLE, c=WHOLE)
def are_roots(student, truth, a, b, c):
    """At both roots the polynomial is 0."""
    _, pair = student.roots(a, b, c)
    for root in pair:
        agree(a * root**2 + b * root + c, 0j, tolerance=1e3 * ROUNDING)


@roots.claim(points=1, a=WHOLE.filter(bool), b=WHOLE, c=WHOLE)
def knows_what_is_real(student, truth, a, b, c):
    """It says whether the roots are real, and gives both in order."""
    agree(student.roots(a, b, c), truth(a, b, c), tolerance=1e3 * ROUNDING)


@roots.claim(points=1, a=st.just(0.0), b=WHOLE, c=WHOLE)
def has_none_without_a_square(student, truth, a, b, c):
    """Without x² it returns None."""
    if student.roots(a, b, c) is not None:
        raise ClaimFailure(None, student.roots(a, b, c))


roots.mistake("always_real", "It says that all roots are real.", "d.imag == 0", "True")
roots.mistake(
    "one_root_twice", "The same root is there twice.", "pair[0], pair[1]", "pair[0], pair[0]"
)
roots.mistake(
    "over_a",
    "The denominator is a, not 2 a.",
    "[(-b - d) / (2 * a), (-b + d) / (2 * a)]",
    "[(-b - d) / a, (-b + d) / a]",
)
roots.mistake(
    "not_none",
    "Without x² something else than None comes back.",
    "return None",
    "return False, (0j, 0j)",
)
roots.mistake("unordered", "The larger root comes first.", "pair[0], pair[1]", "pair[1], pair[0]")
