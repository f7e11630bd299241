"""How often right answers lose a point, over many seeds: the checks' own false alarms.

    python benchmarks/audit_seeds.py 20                 # the bank's right answers, over 20 seeds
    python benchmarks/audit_seeds.py 200 --solutions    # the instructor's solutions, over 200

Prints one line a seed, and the rate over all.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from course_lib.grading.audit.run import run_audit
from course_lib.grading.course import Course
from course_lib.grading.pool.engine import Options

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "00_worksheet"

Lost = tuple[int, list[str]]  # how many were graded, and which lost a point


def alternatives(course: Course, bank: Path) -> Callable[[int], Lost]:
    """The course's own bank's right answers, by the audit."""
    (bank / "alternatives").symlink_to(ROOT / "assignments" / ASSIGNMENT / "alternatives")

    def lost(seed: int) -> Lost:
        audit = run_audit(course, bank, seed=seed)
        return len(audit.alternatives), list(audit.rejected)

    return lost


def solutions(course: Course) -> Callable[[int], Lost]:
    """The instructor's own notebook, by one grader for all seeds."""
    verifier = Options().verifier(course.plan(0))

    def lost(seed: int) -> Lost:
        verifier.plan = course.plan(seed)
        verdict = verifier.grade(course.solutions)
        return 1, [c["exercise"] for c in verdict["checks"] if c["earned"] < c["points"]]

    return lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("seeds", type=int)
    parser.add_argument("--solutions", action="store_true")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    wanted = parser.parse_args()
    course = Course(ROOT, ASSIGNMENT)
    graded, rejected = 0, 0
    with tempfile.TemporaryDirectory() as name:
        of = solutions(course) if wanted.solutions else alternatives(course, Path(name))
        for seed in range(wanted.first, wanted.first + wanted.seeds):
            start = time.monotonic()
            count, names = of(seed)
            graded += count
            rejected += len(names)
            seconds = time.monotonic() - start
            print(f"seed {seed}: {count} graded in {seconds:.1f} s, lost a point: ", end="")
            print(", ".join(names) or "none", flush=True)
    print(f"{rejected} of {graded} right answers lost a point")


if __name__ == "__main__":
    main()
