"""What the sandbox costs per submission: with all layers, without each, and with each alone.

    python benchmarks/sandbox.py [ROUNDS]

Forks sandboxes from one process that has imported TensorFlow and runs nothing in them. A sandbox's
time runs from before the fork until its process is reaped. The order of the arrangements is drawn
anew in every round, and each is compared with the bare fork of its round: read the ratios, which a
busy machine leaves alone, not the milliseconds.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import sys
import time

from course_lib.grading.sandbox import (
    LAYERS,
    Probe,
    SandboxBase,
    enter_base,
    enter_sandbox,
    fork_sandbox,
)

_OFF = Probe(False, "left off by the benchmark")


def without(base: SandboxBase, *names: str) -> SandboxBase:
    """The same base, with sandboxes that lack the layers `names`."""
    return SandboxBase({**base.probes, **dict.fromkeys(names, _OFF)})


def milliseconds(base: SandboxBase | None) -> float:
    """The wall time of one empty sandbox; None: of a bare fork."""
    start = time.perf_counter()
    child = fork_sandbox(base) if base else os.fork()
    if child == 0:
        try:
            if base is not None:
                enter_sandbox(base)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if status:
        raise SystemExit(f"a sandbox could not be entered: exit status {status}")
    return 1000 * (time.perf_counter() - start)


def arranged(base: SandboxBase) -> dict[str, SandboxBase | None]:
    """Every arrangement of layers that is measured, by its name."""
    found: dict[str, SandboxBase | None] = {"a bare fork": None, "no layer": without(base, *LAYERS)}
    found["all layers"] = base
    for name in base.layers:
        found[f"all but {name}"] = without(base, name)
        found[f"only {name}"] = without(base, *(other for other in LAYERS if other != name))
    return found


def main(rounds: int) -> None:
    """Measure and print: median milliseconds, and median ratio to the bare fork of the round."""
    base = enter_base([], environment={"TF_CPP_MIN_LOG_LEVEL": "3", "OPENBLAS_NUM_THREADS": "1"})
    import tensorflow  # noqa: F401  # its size is what a fork costs

    gc.collect()
    gc.freeze()  # as the fork server does

    arrangements = arranged(base)
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
    for name in base.layers:
        print(f"{name:12} {cost(f'all but {name}')}   {cost(f'only {name}')}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
