"""Where Dask stops scaling: workers against a simulated cost, and the scheduler's own cost.

    python benchmarks/cluster.py [--small]

Real scheduler and worker processes, real submissions going there and verdicts coming back through
the same `windowed` loop as in grading; only the grading is a sleep, so that two cores can play many
machines. Throughput is beside what workers times cost would give. The scheduler's CPU time for one
task, beside a submission's, says how many workers one scheduler can feed.
"""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import distributed
from classroom import PROJECT

TICK = os.sysconf("SC_CLK_TCK")


def main(counts: list[int], cost: float, tasks: int) -> None:
    from course_lib.grading.course import Course
    from course_lib.grading.pool.graders import windowed

    submission = Course(PROJECT, "00_worksheet").solutions
    answer = bytes(100_000)  # a verdict with its pictures is about as long
    print(f"a submission is {len(pickle.dumps(submission)):,} bytes; each takes {cost:g} s")
    print(f"{'workers':>8} {'a minute':>9} {'of ideal':>9} {'scheduler, CPU ms a task':>26}")
    for count in counts:
        with Cluster(count) as cluster, distributed.Client(cluster.address) as client:
            client.wait_for_workers(count)
            executor = client.get_executor(pure=False)

            def start(what: Any, executor: Any = executor) -> Any:
                return executor.submit(pretend, what, cost, answer)

            list(windowed(start, [submission] * count, lambda width=2 * count: width))
            before, began = cluster.cpu_seconds(), time.monotonic()
            number = tasks * count
            for _, future in windowed(start, [submission] * number, lambda w=2 * count: w):
                future.result()
            seconds = time.monotonic() - began
            used = (cluster.cpu_seconds() - before) / number
            ideal = cost * number / count / seconds
            print(f"{count:8} {60 * number / seconds:9.0f} {ideal:8.0%} {1000 * used:26.2f}")


def pretend(_submission: Any, cost: float, answer: bytes) -> bytes:
    time.sleep(cost)
    return answer


class Cluster:
    """A scheduler and workers of one thread each, as `dask` starts them."""

    def __init__(self, count: int) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._start("scheduler", "--port", "0", "--no-dashboard")
        log = Path(self._folder.name) / "scheduler"
        while not (found := re.search(r"Scheduler at: +(\S+)", log.read_text())):
            time.sleep(0.1)
        self.address = found[1]
        for _ in range(count):
            self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")

    def _start(self, what: str, *options: str) -> None:
        log = (Path(self._folder.name) / what).open("ab")
        command = [Path(sys.executable).with_name("dask"), what, *options]
        self._processes.append(
            subprocess.Popen(
                command,
                cwd=self._folder.name,
                env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)},
                stdout=log,
                stderr=log,
            )
        )

    def cpu_seconds(self) -> float:
        """Of the scheduler, so far."""
        fields = Path(f"/proc/{self._processes[0].pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self._processes:
            process.kill()
            process.wait()
        self._folder.cleanup()


if __name__ == "__main__":
    if "--small" in sys.argv:
        main([1, 2], cost=0.2, tasks=10)
    else:
        main([1, 2, 4, 8], cost=1.0, tasks=60)
