"""A thousand submissions on this machine: rate and memory from the first to the last.

    python benchmarks/thousand.py [--small | --size N] [--slow] [--feedback] [--picture FILE.png]

`course grade`, as it is typed, on a class drawn from the banks in which one in twenty attacks; into
a gradebook, without feedback pages unless they are asked for. Each line is one part of the class:
how many a minute, and how much memory all of the grader's processes held at most. Every hand-in
must end with one verdict, and one row in the gradebook. With --slow, attacks that wait until the
grader's clock ends them are in the class too: then the clock sets the pace.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from classroom import ASSIGNMENT, classroom

PARTS = 5


def main(size: int, hostile: int, slow: bool, feedback: bool, picture: Path | None) -> None:
    # A file for what it says: a pipe that nobody reads would stop it at the 65th kilobyte.
    with classroom(size, hostile, slow=slow) as course, tempfile.TemporaryFile("w+") as output:
        command = [Path(sys.executable).with_name("course"), "grade", ASSIGNMENT, "--timings"]
        began = time.monotonic()
        run = subprocess.Popen(
            [*command, *([] if feedback else ["--no-feedback"])],
            cwd=course.root,
            stdout=output,
        )
        trace = list(watched(run, course.root / "verdicts" / ASSIGNMENT, began))
        output.seek(0)
        said = output.read()
        table(trace, size)
        verdicts = [
            json.loads(path.read_text("utf-8"))
            for path in (course.root / "verdicts" / ASSIGNMENT).glob("s*.json")
        ]
        rows = written(course.root / "gradebook.db")
        seconds = trace[-1][0]
        print(f"{len(verdicts)} of {size} in {seconds:.0f} s, {60 * size / seconds:.0f} a minute")
        print(f"in the gradebook: {rows}")
        print(f"poisonous: {sum(verdict['status'] == 'poisonous' for verdict in verdicts)}")
        print(said[said.find("seconds a submission") :])
    if picture is not None:
        draw(trace, picture)
    if len(verdicts) != size or rows != size:
        raise SystemExit("verdicts, or rows of the gradebook, are missing or doubled")


def watched(
    run: subprocess.Popen[bytes], stored: Path, began: float
) -> Iterator[tuple[float, int, int]]:
    """While it runs: seconds since the start, verdicts that are stored, bytes that are held."""
    while run.poll() is None:
        time.sleep(0.5)
        yield time.monotonic() - began, len(list(stored.glob("s*.json"))), memory(run.pid)


def table(trace: list[tuple[float, int, int]], size: int) -> None:
    """The class in equal parts: rate and memory of each."""
    start, before, part = 0.0, 0, []
    for seconds, done, held in trace:
        part.append(held)
        if done - before >= size / PARTS or done == size > before:
            rate = 60 * (done - before) / (seconds - start)
            print(f"{done:5} graded: {rate:5.0f} a minute, {max(part) / 1e6:5.0f} MB at most")
            start, before, part = seconds, done, []


def draw(trace: list[tuple[float, int, int]], picture: Path) -> None:
    """Verdicts and memory over time, in one picture."""
    import matplotlib.pyplot as plt

    minutes, done, held = (np.array(column) for column in zip(*trace, strict=True))
    figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 4.2), sharex=True)
    above.plot(minutes / 60, done, color="#2f6690")
    above.set_ylabel("verdicts")
    below.plot(minutes / 60, held / 1e9, color="#c8553d")
    below.set_ylabel("memory, GB")
    below.set_xlabel("minutes")
    for panel in (above, below):
        panel.set_ylim(bottom=0)
        panel.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(picture, dpi=120)


def written(gradebook: Path) -> int:
    """Hand-ins that the gradebook knows, each once."""
    with sqlite3.connect(gradebook) as database:
        return int(database.execute("SELECT COUNT(*) FROM submitted_assignment").fetchone()[0])


def memory(root: int) -> int:
    """Bytes that a process and all that it started hold, pages that they share once for each."""
    total, todo = 0, [root]
    while todo:
        pid = todo.pop()
        try:
            folder = Path(f"/proc/{pid}")
            total += int((folder / "statm").read_text().split()[1]) * 4096
            tasks = (folder / "task").iterdir()
            found = itertools.chain(*((task / "children").read_text().split() for task in tasks))
            todo += [int(child) for child in found]
        except (OSError, ValueError):  # it left meanwhile
            continue
    return total


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--small", action="store_true", help="forty, not a thousand")
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--slow", action="store_true", help="with attacks that wait")
    parser.add_argument("--feedback", action="store_true", help="with feedback pages")
    parser.add_argument("--picture", type=Path, help="where to draw rate and memory")
    asked = parser.parse_args()
    size = 40 if asked.small else asked.size
    main(size, 20, asked.slow, asked.feedback, asked.picture)
