"""Whether the same wrong answer earns the same points, whatever the inputs are drawn from.

    python benchmarks/points_by_seed.py 20                       # the worksheet's bank, every sixth
    python benchmarks/points_by_seed.py 20 04_posterior --every 1

Grades mistakes of a bank over several seeds, by the graders that grade a class. Prints each that
earned different points, and how many did.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from course_lib.grading.audit.run import grade_entries
from course_lib.grading.course import Course
from course_lib.grading.pool.engine import Graders, Options
from course_lib.limits import usable_cores

ROOT = Path(__file__).parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("seeds", type=int)
    parser.add_argument("assignment", nargs="?", default="00_worksheet")
    parser.add_argument(
        "--every", type=int, default=6, help="one in so many of the bank's mistakes"
    )
    wanted = parser.parse_args()
    course = Course(ROOT, wanted.assignment)
    entries = course.bank().mistakes[:: wanted.every]
    earned: dict[str, Counter[float]] = {entry.name: Counter() for entry in entries}
    for seed in range(wanted.seeds):
        with Graders(course.plan(seed), usable_cores(), Options()) as graders:
            for outcome in grade_entries(course, graders, entries, lambda _name: None):
                earned[outcome.name][outcome.earned] += 1
        print(f"\rseed {seed + 1} of {wanted.seeds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    different = {name: points for name, points in earned.items() if len(points) > 1}
    for name, points in different.items():
        each = ", ".join(f"{value:g} ({count} ×)" for value, count in sorted(points.items()))
        print(f"{name}: {each}")
    print(
        f"{len(different)} of {len(entries)} mistakes earned different points "
        f"over {wanted.seeds} seeds"
    )


if __name__ == "__main__":
    main()
