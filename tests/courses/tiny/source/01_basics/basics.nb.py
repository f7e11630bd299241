# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Basics
#
# One exercise for each kind of thing that crosses between a grader and a submission.

# %%
import cmath
import math

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from course_lib import check

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "descend", "locked": false, "schema_version": 3, "solution": true, "task": false}
def descend(slope, start, rate, steps):
    """The position [d] after `steps` steps of -rate * slope(position), from `start` [d]."""
    ### BEGIN SOLUTION
    position = np.array(start, dtype=float)
    for _ in range(steps):
        position = position - rate * slope(position)
    return position
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_descend", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(descend)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "Counter", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Counter:
    """Counts from `start`: add(number) returns the new total, twin() makes another counter."""
    ### BEGIN SOLUTION

    def __init__(self, start):
        self.total = start

    def add(self, number):
        self.total += number
        return self.total

    def twin(self):
        return type(self)(self.total)
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_Counter", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(Counter)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "walk", "locked": false, "schema_version": 3, "solution": true, "task": false}
def walk(rng, steps):
    """The places [steps + 1] of a random walk from 0 in steps of -1 or 1, drawn from `rng`."""
    ### BEGIN SOLUTION
    return np.concatenate([[0], np.cumsum(rng.choice([-1, 1], size=steps))])
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_walk", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(walk)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "report_card", "locked": false, "schema_version": 3, "solution": true, "task": false}
def report_card(name, marks):
    """A dict with "name", "best" and "worst" (marks), and "verdict": "passed" or "failed"."""
    ### BEGIN SOLUTION
    mean = sum(marks) / len(marks)
    verdict = "passed" if mean >= 10 else "failed"
    return {"name": name, "best": max(marks), "worst": min(marks), "verdict": verdict}
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_report_card", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(report_card)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "standings", "locked": false, "schema_version": 3, "solution": true, "task": false}
def standings(points):
    """A DataFrame with the columns name, points and share of all points, most points first."""
    ### BEGIN SOLUTION
    table = pd.DataFrame({"name": list(points), "points": list(points.values())})
    table = table.sort_values(["points", "name"], ascending=[False, True])
    table["share"] = table["points"] / max(table["points"].sum(), 1)
    return table
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_standings", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(standings)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "roots", "locked": false, "schema_version": 3, "solution": true, "task": false}
def roots(a, b, c):
    """None where a is 0; else whether the roots of a x² + b x + c are real, and both, complex."""
    ### BEGIN SOLUTION
    if a == 0:
        return None
    d = cmath.sqrt(b * b - 4 * a * c)
    pair = sorted([(-b - d) / (2 * a), (-b + d) / (2 * a)], key=lambda z: (z.real, z.imag))
    return d.imag == 0, (pair[0], pair[1])
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_roots", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(roots)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "sieve", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sieve(size):
    """Which of 0, 1, … size - 1 are primes (bool array), these primes, and their factorials."""
    ### BEGIN SOLUTION
    numbers = np.arange(size)
    prime = np.array([n > 1 and all(n % k for k in range(2, n)) for n in range(size)], dtype=bool)
    primes = numbers[prime]
    return prime, primes, [math.factorial(n) for n in primes]
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_sieve", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(sieve)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "bar_chart", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bar_chart(heights):
    """A figure with one bar for each height and a dashed line at their mean."""
    ### BEGIN SOLUTION
    figure, axes = plt.subplots()
    axes.bar(range(len(heights)), heights)
    axes.axhline(sum(heights) / len(heights), linestyle="--", label="mean")
    axes.set(xlabel="bin", ylabel="counts")
    axes.legend()
    return figure
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_bar_chart", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(bar_chart)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "light_year", "locked": false, "schema_version": 3, "solution": true, "task": false}
# The metres in a light year of 365.25 days, at 299 792 458 metres a second.
### BEGIN SOLUTION
light_year = 299_792_458 * 365.25 * 86_400
### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_light_year", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(light_year)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "mean", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean(values):
    """The mean of `values` [n], at least one: a float."""
    ### BEGIN SOLUTION
    return float(np.sum(values) / len(values))
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_mean", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(mean)
