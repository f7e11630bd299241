"""Arrays of any length, of bool and of whole numbers; whole numbers beyond 2**53."""

import math

import numpy as np
from hypothesis import strategies as st

from course_lib.claims import agree, exercise

SIZES = st.integers(0, 60)


@exercise(points=3)
def sieve(size):
    """(prime, primes, factorials): a bool array [size], which of 0, 1, … are primes; these primes,
    an int array [their number]; a list of their factorials, whole numbers of any size.
    """
    numbers = np.arange(size)
    prime = np.array([n > 1 and all(n % k for k in range(2, n)) for n in range(size)], dtype=bool)
    primes = numbers[prime]
    return prime, primes, [math.factorial(n) for n in primes]


@sieve.claim(points=1, gate=True, always=[{"size": 12}], size=SIZES)
def marks_the_primes(student, truth, size):
    """prime[n] says whether n is a prime number."""
    agree(student.sieve(size)[0], truth(size)[0])


@sieve.claim(points=1, always=[{"size": 12}], size=SIZES)
def lists_the_primes(student, truth, size):
    """The second array has the primes themselves."""
    agree(student.sieve(size)[1], truth(size)[1])


@sieve.claim(points=1, always=[{"size": 60}], size=SIZES)
def multiplies_exactly(student, truth, size):
    """The factorials are right to the last digit."""
    agree(student.sieve(size)[2], truth(size)[2])


sieve.mistake("one_is_prime", "1 is not a prime number.", "n > 1", "n > 0")
sieve.mistake("odd_ones", "It marks the odd numbers.", "range(2, n)", "range(2, min(n, 3))")
sieve.mistake(
    "places",
    "It gives the places of the primes among themselves.",
    "primes = numbers[prime]",
    "primes = np.arange(prime.sum())",
)
sieve.mistake(
    "float_factorials",
    "The factorials are floats, which have 16 digits.",
    "math.factorial(n)",
    "int(float(math.factorial(n)))",
)
sieve.mistake(
    "one_short", "The last number is missing.", "np.arange(size)", "np.arange(max(size - 1, 0))"
)
