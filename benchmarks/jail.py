"""What the jail costs per submission: with all layers, without each, and with each alone.

    python benchmarks/jail.py [ROUNDS]

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


def arranged(house: House) -> dict[str, House | None]:
    """Every arrangement of layers that is measured, by its name."""
    found: dict[str, House | None] = {"a bare fork": None, "no layer": without(house, *LAYERS)}
    found["all layers"] = house
    for name in house.layers:
        found[f"all but {name}"] = without(house, name)
        found[f"only {name}"] = without(house, *(other for other in LAYERS if other != name))
    return found


def main(rounds: int) -> None:
    """Measure and print: median milliseconds, and median ratio to the bare fork of the round."""
    house = enter_house([], environment={"TF_CPP_MIN_LOG_LEVEL": "3", "OPENBLAS_NUM_THREADS": "1"})
    import tensorflow  # noqa: F401  # its size is what a fork costs

    gc.collect()
    gc.freeze()  # as the warm process does

    arrangements = arranged(house)
    taken: dict[str, list[float]] = {name: [] for name in arrangements}
    names, draw = list(arrangements), random.Random(0)
    for _ in range(rounds):
        draw.shuffle(names)
        for name in names:
            taken[name].append(milliseconds(arrangements[name]))

    def cost(name: str) -> str:
        pairs = zip(taken[name], taken["a bare fork"], strict=True)
        ratio = statistics.median(time / bare for time, bare in pairs)
        return f"{statistics.median(taken[name]):5.1f} ms  {ratio:4.2f} x"

    for name in ("a bare fork", "no layer", "all layers"):
        print(f"{name:12} {cost(name)}")
    print(f"\n{'layer':12} {'all but it':>16} {'it alone':>18}")
    for name in house.layers:
        print(f"{name:12} {cost(f'all but {name}')}   {cost(f'only {name}')}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
