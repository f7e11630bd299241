"""What the jail costs per submission, with all layers and without each, in one run.

    python benchmarks/jail.py [CELLS]

Forks cells from one process that has imported TensorFlow and runs nothing in them. A cell's time
runs from before the fork until its process is reaped. The order of the arrangements is drawn anew
in every round, and each is compared with the bare fork of its round: read the ratios, which a busy
machine leaves alone, not the milliseconds.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import sys
import time

from course_lib.grading.jail import LAYERS, House, Probe, enter_cell, enter_house, fork_cell

_OFF = Probe(False, "left off by the benchmark")


def without(house: House, *names: str) -> House:
    """The same house, with cells that lack the layers `names`."""
    return House({**house.probes, **dict.fromkeys(names, _OFF)})


def milliseconds(house: House | None) -> float:
    """The wall time of one empty cell; None: of a bare fork."""
    start = time.perf_counter()
    child = fork_cell(house) if house else os.fork()
    if child == 0:
        try:
            if house is not None:
                enter_cell(house)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if status:
        raise SystemExit(f"a cell could not be entered: exit status {status}")
    return 1000 * (time.perf_counter() - start)


def main(cells: int) -> None:
    """Measure and print: median milliseconds, and median ratio to a bare fork."""
    house = enter_house([], environment={"TF_CPP_MIN_LOG_LEVEL": "3", "OPENBLAS_NUM_THREADS": "1"})
    import tensorflow  # noqa: F401  # its size is what a fork costs

    gc.collect()
    gc.freeze()  # as the warm process does

    arrangements: dict[str, House | None] = {"a bare fork": None, "all layers": house}
    arrangements["no layers"] = without(house, *LAYERS)
    for name in house.layers:
        arrangements[f"without {name}"] = without(house, name)
    taken: dict[str, list[float]] = {name: [] for name in arrangements}
    names, draw = list(arrangements), random.Random(0)
    for _ in range(cells):
        draw.shuffle(names)
        for name in names:
            taken[name].append(milliseconds(arrangements[name]))
    for name, times in taken.items():
        ratios = [time / bare for time, bare in zip(times, taken["a bare fork"], strict=True)]
        print(f"{name:16} {statistics.median(times):6.1f} ms  {statistics.median(ratios):5.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
