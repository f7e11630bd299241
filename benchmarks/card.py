"""How long a student waits for a card: `check(...)`, the first time and again.

    python benchmarks/card.py

In a process that has imported TensorFlow, as a notebook's has. Each of the instructor's solutions
is checked, and one known mistake of each exercise; wall and CPU seconds.
"""

from __future__ import annotations

import contextlib
import io
import time
from pathlib import Path

from course_lib.grading.course import Course

ROOT = Path(__file__).parents[1]
TIMES = 3
CELLS = ("import numpy as np", "import scipy.optimize", "import tensorflow as tf", "T = tf.float64",
         "from course_lib.inference import integrated_time")  # fmt: skip


def timed(label: str, function: object) -> None:
    from course_lib import check

    seconds = []
    for _ in range(TIMES):
        wall, cpu = time.perf_counter(), time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            check(function)
        seconds.append((time.perf_counter() - wall, time.process_time() - cpu))
    print(f"{label:40}" + "".join(f"{wall:8.2f} s ({cpu:.2f} CPU)" for wall, cpu in seconds))


def main() -> None:
    course = Course(ROOT, "00_worksheet")
    names: dict[str, object] = {}
    exec("\n".join(CELLS), names)
    for name in course.released.exercises:
        exec(course.solutions.cell(name).source, names)
    print(f"{'right':40}{'first':>19}{'again':>19}{'again':>19}")
    for name in course.released.exercises:
        timed(name, names[name])
    print("wrong")
    for name in course.released.exercises:
        entry = next(entry for entry in course.bank().mistakes if entry.exercise == name)
        own = dict(names)
        exec(entry.source, own)
        timed(entry.name, own[name])


if __name__ == "__main__":
    main()
