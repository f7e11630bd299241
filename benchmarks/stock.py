"""CPU and wall time of a submission: this grader beside stock `nbgrader autograde`.

    python benchmarks/stock.py [--small] [--otter PYTHON]

Both grade the same hand-ins of the real worksheet into a gradebook, without feedback pages. Stock
is not made slow: TensorFlow's log is off, all of its bytecode is there, and its test cells run the
same claims in the notebook's own kernel (`check`, with inputs drawn live). Its start-up is taken
off: what is compared is the difference between grading some hand-ins and grading none. Stock runs
every cell; this grader is measured without the demonstrations, which no point depends on, and with
every cell run. The demonstrations alone, in the same kind of process, are the floor of that. With
--otter, `otter run` grades the same hand-ins (`otter_run.py`).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from classroom import ASSIGNMENT, classroom
from otter_run import Otter, children

STOCK = """
c = get_config()
c.CourseDirectory.course_id = "inference"
c.ExecutePreprocessor.timeout = 600
c.Execute.timeout = 600
"""


def main(rounds: int, size: int, otter: Path | None) -> None:
    from course_lib.grading.course import Course
    from course_lib.grading.nbgrader.writer import Writer
    from course_lib.grading.pool.grader import Options

    names = "stock", "ours", "ours, every cell", "demonstrations alone"
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
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
        beside = None
        if otter is not None:
            rows["otter run"] = []
            (course.root.parent / "otter").mkdir()
            beside = Otter(otter, course.root.parent / "otter")
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
            if beside is not None:
                handed_in = (course.root / "submitted" / name / ASSIGNMENT for name in group)
                each = [beside.grade(folder / "worksheet.ipynb") for folder in handed_in]
                cpu, wall = (sum(one[part] for one in each) / size for part in (0, 1))
                rows["otter run"].append((cpu, wall))
            rows["demonstrations alone"].append(demonstrations(verifiers["ours"], course))
        for verifier in verifiers.values():
            verifier.fork_server.close()
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
    before, began = children(), time.monotonic()
    command = [tools / "nbgrader", "autograde", ASSIGNMENT, "--force"]
    done = subprocess.run(
        [*command, f"--CourseDirectory.submitted_directory={group.name}"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,  # without a hand-in it only starts, and says that there is none
    )
    used = children() - before, time.monotonic() - began
    shutil.rmtree(group)
    graded = [name for name in students if (root / "autograded" / name).is_dir()]
    if graded != students:
        raise SystemExit(f"stock graded {graded} of {students}:\n{done.stderr[-2000:]}")
    return used


def demonstrations(verifier: Any, course: Any) -> tuple[float, float]:
    """CPU and wall seconds of the demonstrations: all cells of the solutions, less those needed."""
    from course_lib.grading.session import Session
    from course_lib.notebook.dependencies import choose

    cells = [cell for cell in course.solutions.cells if cell.may_run]
    needed = choose(cells, set(verifier.plan.assignment.exercises)).run
    used = []
    for chosen in (tuple(cells), needed):
        began = time.monotonic()
        session = Session(
            verifier.fork_server, chosen, verifier.budget, began + verifier.budget.notebook
        )
        session.process()
        session.close()
        used.append((session.cpu_seconds, time.monotonic() - began))
    return used[0][0] - used[1][0], used[0][1] - used[1][1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--small", action="store_true", help="one hand-in, once")
    parser.add_argument("--otter", type=Path, metavar="PYTHON", help="one that has otter-grader")
    asked = parser.parse_args()
    if asked.small:
        main(rounds=1, size=1, otter=asked.otter)
    else:
        main(rounds=5, size=3, otter=asked.otter)
