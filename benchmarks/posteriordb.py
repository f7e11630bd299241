"""How far `sample` is from posteriordb's published moments, in Monte Carlo errors of both.

    python benchmarks/posteriordb.py

The models and the published numbers are those of tests/inference/test_posteriordb.py. Writes the
table in docs/samplers.md.
"""

from __future__ import annotations

import os
import sys
import warnings

os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}

import numpy as np
from pages import PROJECT, rewrite, table

from course_lib.inference import sample

sys.path.insert(0, str(PROJECT / "tests" / "inference"))
from test_posteriordb import LIMIT, POSTERIORS, REFERENCE, z_scores


def main() -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    rows = []
    for name, make in POSTERIORS.items():
        model, quantities = make()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a few divergences are said in the table
            found = sample(model, 1000, chains=32, target_acceptance=0.9, seed=4, progress=False)
        scores = z_scores(name, quantities, found.draws)
        d = len(scores) // 2
        names = REFERENCE[name]["names"]
        worst = int(np.abs(scores).argmax())
        moment = f"{'mean' if worst < d else 'sd'} of {names[worst % d]}"
        rows.append(
            [f"`{name}`", str(d)]
            + [f"{np.abs(part).max():.1f}" for part in (scores[:d], scores[d:])]
            + [moment, f"{np.sqrt(np.mean(scores**2)):.2f}", f"{found.divergent.sum()}"]
        )
    head = ["posterior", "d", "largest \\|z\\|, means", "sds", "worst", "rms z", "divergences"]
    text = table(head, rows)
    print(text, f"\nlimit of the test: {LIMIT}")
    rewrite("samplers.md", "benchmarks/posteriordb.py", text)


if __name__ == "__main__":
    main()
