"""A thousand submissions on this machine: rate and memory from the first to the last.

    python benchmarks/thousand.py [--small] [--slow]

`course grade`, as it is typed, on a class drawn from the banks in which one in twenty attacks; into
a gradebook, without feedback pages. Each line is one part of the class: how many a minute, and how
much memory all of the grader's processes held at most. Memory is flat if the lines say so, and no
canary may be missing: every hand-in must end with one verdict. With --slow, attacks that wait until
the grader's clock ends them are in the class too: then the clock sets the pace.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import time
from pathlib import Path

from classroom import ASSIGNMENT, classroom

PARTS = 5


def main(size: int, hostile: int, slow: bool) -> None:
    with classroom(size, hostile, slow=slow) as course:
        began = time.monotonic()
        command = [Path(sys.executable).with_name("course"), "grade", ASSIGNMENT, "--no-feedback"]
        run = subprocess.Popen(
            [*command, "--timings"], cwd=course.root, stdout=subprocess.PIPE, text=True
        )
        stored = course.root / "verdicts" / ASSIGNMENT
        rows = [(0, 0.0)]
        peak = 0
        while run.poll() is None:
            time.sleep(0.5)
            peak = max(peak, memory(run.pid))
            done = len(list(stored.glob("s*.json")))
            if done >= size * len(rows) // PARTS and len(rows) <= PARTS:
                now = time.monotonic() - began
                rate = 60 * (done - rows[-1][0]) / (now - rows[-1][1])
                print(f"{done:5} graded: {rate:5.0f} a minute, {peak / 1e6:5.0f} MB at most")
                rows.append((done, now))
                peak = 0
        seconds = time.monotonic() - began
        said = run.stdout.read() if run.stdout else ""
        verdicts = [json.loads(path.read_text("utf-8")) for path in stored.glob("s*.json")]
        print(f"{len(verdicts)} of {size} in {seconds:.0f} s, {60 * size / seconds:.0f} a minute")
        print(f"poisonous: {sum(verdict['status'] == 'poisonous' for verdict in verdicts)}")
        print(said[said.find("seconds a submission") :])
        if len(verdicts) != size:
            raise SystemExit("verdicts are missing")


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
    small = "--small" in sys.argv
    main(size=40 if small else 1000, hostile=20, slow="--slow" in sys.argv)
