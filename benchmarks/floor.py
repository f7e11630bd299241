"""What a submission costs, stage by stage, and how far that is from the least it can cost.

    python benchmarks/floor.py [--small]

The floor is a fork of a process that has imported TensorFlow, the cells that graded ones need, and
every question answered by the functions they define: no sandbox, nothing sent, nothing judged. Both
grade the instructor's own notebook, in turns, and are compared pair by pair: read the ratio, which
a busy machine leaves alone. A second table has a class from the banks, with its shrinking and its
naming of mistakes.
"""

from __future__ import annotations

import os
import pickle
import statistics
import subprocess
import sys
from typing import Any

from classroom import PROJECT, classroom
from rich.console import Console

SEED = 7


def main(pairs: int, size: int) -> None:
    from course_lib.grading.course import Course
    from course_lib.grading.pool.grader import Options
    from course_lib.report.timings import timings

    course = Course(PROJECT, "00_worksheet")
    plan = course.plan(SEED)
    verifier = Options().verifier(plan)
    floor = Floor(plan, course)
    print(f"{sum(map(len, plan.questions.values()))} questions")
    ours, least = [], []
    for _ in range(pairs):
        least.append(floor.cpu_seconds())
        ours.append(verifier.grade(course.solutions)["cpu_seconds"])
    ratio = statistics.median(one / other for one, other in zip(ours, least, strict=True))
    print(f"floor {statistics.median(least):.3f} CPU-s, graded {statistics.median(ours):.3f} CPU-s")
    print(f"ratio {ratio:.2f}, the median of {pairs} pairs")
    verdicts = []
    with classroom(size) as cohort:
        for student in cohort.students():
            verdicts.append(verifier.grade(cohort.submission(student)))
    timings(verdicts, {}, Console(width=80))
    verifier.fork_server.close()
    floor.close()


class Floor:
    """A process like the fork server, which forks, runs and answers when it is told to."""

    def __init__(self, plan: Any, course: Any) -> None:
        from course_lib.notebook.dependencies import choose

        cells = choose(course.solutions.cells, set(plan.assignment.exercises)).run
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--far-side"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        questions = [question for each in plan.questions.values() for question in each]
        sources = [cell.source for cell in cells]
        pickle.dump((sources, questions, plan.imports), self._process.stdin)
        self._process.stdin.flush()

    def cpu_seconds(self) -> float:
        """Of one fork, as the kernel counted them."""
        self._process.stdin.write(b"\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        """End it."""
        self._process.stdin.close()
        self._process.wait()


def far_side() -> None:
    from course_lib.grading.worker.fork_server import ENVIRONMENT, import_modules

    os.environ |= ENVIRONMENT
    cells, questions, imports = pickle.load(sys.stdin.buffer)
    import_modules(imports)
    from course_lib.kernel.shell import build_shell
    from course_lib.protocol.perform import perform

    shell = build_shell()
    while sys.stdin.buffer.readline():
        child = os.fork()
        if child == 0:
            try:
                for source in cells:
                    shell.run(source, 60.0)
                for question in questions:
                    perform(shell.user_ns, question)
            finally:
                os._exit(0)
        usage = os.wait4(child, 0)[2]
        os.write(1, f"{usage.ru_utime + usage.ru_stime}\n".encode())


if __name__ == "__main__":
    if "--far-side" in sys.argv:
        far_side()
    elif "--small" in sys.argv:
        main(pairs=3, size=5)
    else:
        main(pairs=15, size=60)
