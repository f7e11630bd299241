# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Energy
#
# A `mean` that is another one than in the assignment before, and the only exercise with TensorFlow.

# %%
import numpy as np
import tensorflow as tf

from course_lib import check

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "mean", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean(values, weights):
    """The mean of `values` [n] with `weights` [n], all above 0: a float."""
    ### BEGIN SOLUTION
    return float(np.sum(weights * values) / np.sum(weights))
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_mean", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(mean)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "energy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def energy(q, k):
    """The energy k |q|² / 2 of springs of stiffness k, stretched by q [n]: a float64 tensor []."""
    ### BEGIN SOLUTION
    return 0.5 * k * tf.reduce_sum(q**2)
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_energy", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(energy)
