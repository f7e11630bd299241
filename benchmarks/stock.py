"""CPU and wall time of a submission: this grader beside stock `nbgrader autograde`.

    python benchmarks/stock.py [--small]

Both grade the same hand-ins of the real worksheet into a gradebook, without feedback pages. Stock
is not made slow: TensorFlow's log is off, all of its bytecode is there, and its test cells run the
same claims in the notebook's own kernel (with half of the inputs, drawn live, as students have
them). Its start-up is taken off: what is compared is the difference between grading some hand-ins
and grading none. Stock runs every cell; this grader is measured without the demonstrations, which
no point depends on, and with every cell run.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from classroom import ASSIGNMENT, classroom

STOCK = """
c = get_config()
c.CourseDirectory.course_id = "inference"
c.ExecutePreprocessor.timeout = 600
c.Execute.timeout = 600
"""


def main(rounds: int, size: int) -> None:
    from course_lib.grading.course import Course
    from course_lib.grading.grader import Options
    from course_lib.grading.writer import Writer

    rows: dict[str, list[tuple[float, float]]] = {"stock": [], "ours": [], "ours, every cell": []}
    with classroom(rounds * size) as course:
        Writer(course.root).register(ASSIGNMENT)
        stock = course.root.parent / "stock"
        shutil.copytree(course.root, stock)
        (stock / "nbgrader_config.py").write_text(STOCK)
        plan, writer = course.plan(7), Writer(course.root)
        verifiers = {"ours": Options().verifier(plan)}
        verifiers["ours, every cell"] = Options(whole=True).verifier(plan)
        students = course.students()
        nothing = autograde(stock, [])
        for start in range(0, len(students), size):
            group = students[start : start + size]
            some = autograde(stock, group)
            cpu, wall = ((one - none) / size for one, none in zip(some, nothing, strict=True))
            rows["stock"].append((cpu, wall))
            for name, verifier in verifiers.items():
                cpu, wall, began = 0.0, time.monotonic(), time.process_time()
                for student in group:
                    verdict = verifier.grade(Course(course.root, ASSIGNMENT).submission(student))
                    cpu += verdict["timings"]["student"][1]
                    writer.write(verdict)
                cpu += time.process_time() - began
                rows[name].append((cpu / size, (time.monotonic() - wall) / size))
        for verifier in verifiers.values():
            verifier.warm.close()
    print(f"{'a submission':20} {'CPU-s':>8} {'wall s':>8} {'CPU, stock is':>14}")
    for name, found in rows.items():
        cpu, wall = (statistics.median(part) for part in zip(*found, strict=True))
        times = statistics.median(
            base[0] / one[0] for base, one in zip(rows["stock"], found, strict=True)
        )
        print(f"{name:20} {cpu:8.2f} {wall:8.2f} {times:12.1f} x")


def autograde(root: Path, students: list[str]) -> tuple[float, float]:
    """CPU and wall seconds of one stock run for these students, all its kernels counted."""
    tools = Path(sys.executable).parent
    environment = {
        **os.environ,
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PATH": f"{tools}:{os.environ['PATH']}",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    group = root / "group"
    group.mkdir()
    for student in students:
        shutil.copytree(root / "submitted" / student, group / student)
    before, began = _children(), time.monotonic()
    command = [tools / "nbgrader", "autograde", ASSIGNMENT, "--force"]
    done = subprocess.run(
        [*command, f"--CourseDirectory.submitted_directory={group.name}"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,  # without a hand-in it only starts, and says that there is none
    )
    used = _children() - before, time.monotonic() - began
    shutil.rmtree(group)
    graded = [name for name in students if (root / "autograded" / name).is_dir()]
    if graded != students:
        raise SystemExit(f"stock graded {graded} of {students}:\n{done.stderr[-2000:]}")
    return used


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    if "--small" in sys.argv:
        main(rounds=1, size=1)
    else:
        main(rounds=5, size=3)
