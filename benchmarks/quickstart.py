"""The example of `nbgrader quickstart`, handed in by thirty: points and CPU-seconds, beside stock.

    python benchmarks/quickstart.py [--small] [--students N] [--tensorflow] [--autotest]

Both grade the same hand-ins (`tests/plain/ps1.py`) into a gradebook, one run each, on one core,
without feedback pages; start-up is in the figures of both. CPU-seconds are those of all processes
of a run, also of those that outlive the one that started them. `copied`, which ends nbgrader's
run, is graded here alone; a hand-in that nbgrader could not grade has no points there.
--tensorflow puts `import tensorflow` into the first notebook; its log is off, and all bytecode is
there. --autotest takes the example whose tests nbgrader generates. --students takes so many of
the class.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
BIN = Path(sys.executable).parent
SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of linux/prctl.h: orphans become this process's children
TENSORFLOW = "import os\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'\nimport tensorflow as tf"
SMALL = ("right", "wrong_both", "blank", "part_no_error")


def main(students: list[str], assignment: str, tensorflow: bool) -> None:
    from tests.plain.ps1 import STOPS, hand_in, points, quickstart

    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        root = quickstart(Path(folder) / "ours" / "course101", assignment)
        if tensorflow:
            put_import(root / "source" / assignment / "problem1.ipynb")
        used(root, "course", "release", assignment)
        hand_in(root, assignment, students)
        stock = Path(folder) / "stock" / "course101"
        shutil.copytree(root, stock)
        shutil.rmtree(stock / "submitted" / STOPS, ignore_errors=True)
        at_stock = [name for name in students if name != STOPS]
        print(f"load before: {os.getloadavg()[0]:.1f}; {len(students)} hand-ins of {assignment}")
        rows = {
            "nbgrader autograde": (*used(stock, "nbgrader", "autograde", assignment), at_stock),
            "course grade --no-feedback": (
                *used(root, "course", "grade", assignment, "--jobs", "1", "--no-feedback"),
                students,
            ),
        }
        print(f"{'':28} {'CPU-s':>8} {'each':>8} {'wall s':>8}")
        each = []
        for name, (cpu, wall, who) in rows.items():
            each.append(cpu / len(who))
            print(f"{name:28} {cpu:8.1f} {each[-1]:8.3f} {wall:8.1f}")
        print(
            f"stock takes {each[0] / each[1]:.1f} times as much CPU; {os.getloadavg()[0]:.1f} load"
        )
        compare(points(stock), points(root))


def put_import(path: Path) -> None:
    """Begin an instructor's notebook with TensorFlow."""
    nb = json.loads(path.read_text("utf-8"))
    one = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    nb["cells"].insert(0, one | {"source": TENSORFLOW})
    path.write_text(json.dumps(nb), "utf-8")


def used(root: Path, *command: str) -> tuple[float, float]:
    """CPU and wall seconds of a command and of all that it started."""
    environment = {**os.environ, "PATH": f"{BIN}:/usr/bin:/bin"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before, began = cpu_of_children(), time.monotonic()
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.monotonic() - began
    if (
        done.returncode and command[0] != "nbgrader"
    ):  # it goes on after a hand-in that it cannot run
        raise SystemExit(f"{' '.join(command)}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    with contextlib.suppress(ChildProcessError):  # orphans that still leave
        while True:
            os.wait()
    return cpu_of_children() - before, wall


def cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def compare(stock: dict[tuple[str, ...], object], ours: dict[tuple[str, ...], object]) -> None:
    """Print the points that both give, a line a student, and where they differ, cell by cell."""
    sums: dict[str, list[float]] = {}
    for place, found in enumerate((stock, ours)):
        for (_, _, student, _), (automatic, _) in found.items():  # type: ignore[misc]
            sums.setdefault(student, [float("nan")] * 2)
            now = sums[student][place]
            sums[student][place] = (0.0 if now != now else now) + (automatic or 0.0)
    print(f"\n{'hand-in':24} {'stock':>6} {'here':>6}")
    for student, (one, other) in sorted(sums.items()):
        print(f"{student:24} {'-' if one != one else f'{one:g}':>6} {other:6g}")
    differing = [key for key in stock if stock[key] != ours.get(key)]
    print(f"{len(stock)} cells, {len(differing)} differ (points, whether a person looks)")
    for key in differing:
        print(f"  {key[2]}, {key[3]}: {stock[key]} there, {ours.get(key)} here")


if __name__ == "__main__":
    from tests.plain.ps1 import STUDENTS

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--small", action="store_true", help="four of the class")
    parser.add_argument("--tensorflow", action="store_true", help="the notebook imports it")
    parser.add_argument("--autotest", action="store_true", help="tests that nbgrader generates")
    parser.add_argument("--students", type=int, default=len(STUDENTS), metavar="N")
    asked = parser.parse_args()
    example = "ps1_autotest" if asked.autotest else "ps1"
    main([*SMALL] if asked.small else STUDENTS[: asked.students], example, asked.tensorflow)
