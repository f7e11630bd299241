"""One sampler on one target, in a process of its own on one core; called by `__main__.py`.

    python child.py TARGET ADAPTER VARIANT CHAINS SECONDS REPEATS FILE.npz

A short run finds the rate; then REPEATS runs of about SECONDS of sampling, seeds 1, 2, ….
"""

import os
import sys
import time
from importlib import import_module

LARGEST = 4e6
"""Numbers kept of one run: more would take longer to judge than to draw."""
SHORTEST, LONGEST = 200, 100_000
"""Draws for each chain: fewer cannot be judged."""
PATIENCE = 20.0
"""Seconds for one run: what would take longer gets as many draws as that allows."""


def main(
    target: str, adapter: str, variant: str, chains: str, seconds: str, repeats: str, file: str
) -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    os.environ |= {"JAX_PLATFORMS": "cpu"}
    import numpy as np
    from run import seconds as clock
    from targets import load

    posterior = load(target)
    compiling, sampler = import_module(f"adapters.{adapter}").prepare(
        posterior, int(chains), variant
    )
    size = posterior.DIMENSION * int(chains)
    began = clock()
    pilot = sampler(0, SHORTEST)
    if pilot.sampling < 0.1 and SHORTEST * size * 10 < LARGEST:
        began, pilot = clock(), sampler(0, SHORTEST * 10)
    whole = clock() - began - (pilot.compile or 0.0)
    each = pilot.sampling / len(pilot.draws)
    most = min(LARGEST / size, LONGEST, max(PATIENCE - whole, 0.0) / each)
    draws = int(max(SHORTEST, min(float(seconds) / each, most)))
    runs = [sampler(seed, draws) for seed in range(1, int(repeats) + 1)]
    found = {
        "draws": np.array([run.draws for run in runs]),
        "compile": np.array([compiling if run.compile is None else run.compile for run in runs]),
    }
    for name in ("warmup", "sampling", "leapfrogs", "divergent"):
        found[name] = np.array([getattr(run, name) for run in runs])
    np.savez(file, **found)


if __name__ == "__main__":
    time.perf_counter = time.process_time  # for samplers that hold their own watch: the CPU's
    main(*sys.argv[1:])
