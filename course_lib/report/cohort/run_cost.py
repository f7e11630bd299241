"""What grading a class cost: seconds of processor and of waiting.

    note_run(root, "05_hamiltonian", seconds=41.0, judged=30)     # `course grade`, at its end
    cost(root, "05_hamiltonian", judged).cpu_seconds

Each verdict has its own seconds. How long a whole run took stands in verdicts/NN_topic/.run.json.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course_lib.grading.verdict import write_whole
from course_lib.report.cohort.judged import Judged

RUN = ".run.json"


@dataclass(frozen=True)
class Cost:
    """CPU seconds of all hand-ins, of one in the middle and of the dearest, whose id is `most_by`.

    run_seconds: wall seconds of the last run that judged anybody, and `run_judged` how many it did;
    None where no run is noted.
    """

    cpu_seconds: float
    median_seconds: float
    most_seconds: float
    most_by: str
    run_seconds: float | None
    run_judged: int | None


def cost(root: Path, assignment: str, judged: Sequence[Judged]) -> Cost:
    """What is known of it."""
    ordered = sorted((one["cpu_seconds"], one["student"]) for one in judged)
    most, most_by = ordered[-1] if ordered else (0.0, "")
    seconds, count = _noted(root, assignment)
    return Cost(
        cpu_seconds=sum(each for each, _ in ordered),
        median_seconds=ordered[len(ordered) // 2][0] if ordered else 0.0,
        most_seconds=most,
        most_by=most_by,
        run_seconds=seconds,
        run_judged=count,
    )


def note_run(root: Path, assignment: str, *, seconds: float, judged: int) -> None:
    """Note how long a run took that judged so many hand-ins. Raises OSError."""
    data = json.dumps({"seconds": round(seconds, 1), "judged": judged}).encode()
    write_whole(root / "verdicts" / assignment / RUN, data)


def _noted(root: Path, assignment: str) -> tuple[float | None, int | None]:
    try:
        found = json.loads((root / "verdicts" / assignment / RUN).read_bytes())
        return float(found["seconds"]), int(found["judged"])
    except (OSError, ValueError, KeyError, TypeError):
        return None, None
