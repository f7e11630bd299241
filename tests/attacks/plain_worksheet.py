"""A plain worksheet of one exercise, for attacks on tests that are judged inside.

    PlainArena(folder).grade(attack)        # as `arena.Arena`, but asserts judge, and no claims

It is as generous as it can be made: its test cell compares with NumPy what an attack may replace.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from arena import SEED, Arena
from canaries import ASSIGNMENT
from nbformat.v4 import new_code_cell, new_notebook

from course_lib.claims.assignment import Assignment
from course_lib.claims.sampling import SamplingPlan
from course_lib.grading.verifier import Verifier
from course_lib.notebook.plain import with_tests
from course_lib.notebook.released_notebook import ReleasedNotebook

EXERCISE, POINTS = "tf_log_like", 3
RIGHT = """
def tf_log_like(x, y, m, b, s):
    r = (y - m * x - b) / s
    return -0.5 * tf.reduce_sum(r**2 + tf.math.log(2 * np.pi * s**2))
"""
STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
TEST = """
import numpy as np
for _seed in range(3):
    _rng = np.random.default_rng(_seed)
    _x, _y = _rng.normal(size=(2, 5))
    _expected = -0.5 * np.sum(((_y - 0.5 * _x - 0.1) / 0.3) ** 2 + np.log(2 * np.pi * 0.3**2))
    _got = tf_log_like(*(tf.constant(v, tf.float64) for v in (_x, _y, 0.5, 0.1, 0.3)))
    assert np.allclose(_got, _expected), (_got, _expected)
"""
START = """
import os
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf
tf.get_logger().setLevel("ERROR")
"""


def worksheet(answer: str) -> Any:
    """The notebook with this text in its solution cell."""

    def about(name: str, **more: Any) -> dict[str, Any]:
        return {"nbgrader": {"schema_version": 3, "task": False, "grade_id": name, **more}}

    test = about(f"check_{EXERCISE}", grade=True, solution=False, locked=True, points=POINTS)
    return new_notebook(
        cells=[
            new_code_cell(START),
            new_code_cell(
                answer, metadata=about(EXERCISE, grade=False, solution=True, locked=False)
            ),
            new_code_cell(TEST, metadata=test),
        ],
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "3"}},
    )


class PlainArena(Arena):
    """The same canaries, clocks and fork server; the released notebook is the plain one."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        text = nbformat.writes(worksheet(STUB))
        blank = ReleasedNotebook.parse(text, ASSIGNMENT, "worksheet")
        self.released = with_tests(blank, {f"check_{EXERCISE}": TEST})
        self.solved = json.loads(nbformat.writes(worksheet(RIGHT)))
        self.plan = SamplingPlan.draw(Assignment(ASSIGNMENT, folder / "no-claims"), SEED)
        self.patient = Verifier(self.plan, self.fork_server)
