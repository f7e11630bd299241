"""How often right answers lose a point, over many seeds: the checks' own false alarms.

    python benchmarks/audit_seeds.py 20           # the bank's right answers, over 20 seeds
    python benchmarks/audit_seeds.py 200 --solutions    # the instructor's solutions, over 200

Prints one line a seed, and the rate over all.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from course_lib.grading.audit import run_audit
from course_lib.grading.course import Course

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "00_worksheet"


def right_answers(folder: Path, course: Course, solutions: bool) -> Path:
    """A bank of nothing but right answers: the course's own bank's, or the solutions alone."""
    if not solutions:
        (folder / "alternatives").symlink_to(ROOT / "bank" / ASSIGNMENT / "alternatives")
        return folder
    first = course.skeleton.exercises[0]  # all exercises are judged, whichever is replaced
    path = folder / "alternatives" / first / "solution.py"
    path.parent.mkdir(parents=True)
    path.write_text(course.solutions.cell(first).source)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("seeds", type=int)
    parser.add_argument("--solutions", action="store_true")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    wanted = parser.parse_args()
    course = Course(ROOT, ASSIGNMENT)
    graded, rejected = 0, 0
    with tempfile.TemporaryDirectory() as name:
        bank = right_answers(Path(name), course, wanted.solutions)
        for seed in range(wanted.first, wanted.first + wanted.seeds):
            start = time.monotonic()
            audit = run_audit(course, bank, seed=seed)
            graded += len(audit.alternatives)
            rejected += len(audit.rejected)
            seconds = time.monotonic() - start
            print(
                f"seed {seed}: {len(audit.alternatives)} graded in {seconds:.0f} s, lost a point:"
            )
            print("  " + (", ".join(audit.rejected) or "none"), flush=True)
    print(f"{rejected} of {graded} right answers lost a point")


if __name__ == "__main__":
    main()
