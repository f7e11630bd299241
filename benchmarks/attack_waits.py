"""How long each attack of the bank can keep a grader waiting, and whether it is paid.

    .venv/bin/python benchmarks/attack_waits.py              # the whole bank: some ten minutes
    .venv/bin/python benchmarks/attack_waits.py --busy 8     # beside eight processes that compute
    .venv/bin/python benchmarks/attack_waits.py dribbles     # those whose names hold the word

Every hand-in is the solved worksheet with one cell that attacks, and goes the way of a student's:
fork, sandbox, claims, verdict, with a student's limits of time. Printed are the longest waits by
the wall clock, the CPU seconds used meanwhile, and what was paid for the attacking cell.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "tests" / "attacks"), str(PROJECT)]
SHOWN = 15


def main() -> None:
    """Run the bank and print the longest waits."""
    from arena import Arena, breaches, of
    from attack_bank import attacks

    from course_lib.grading.time_limits import TimeLimits

    words = sys.argv[1:]
    busy = int(words.pop(words.index("--busy") + 1)) if "--busy" in words else 0
    words = [word for word in words if word != "--busy"]
    chosen = [each for each in attacks() if not words or any(word in each.slug for word in words)]
    if not chosen:
        raise SystemExit(f"no attack has a name with {' or '.join(words)} in it")
    rows: list[tuple[float, float, str]] = []
    paid: list[str] = []
    touched: list[str] = []
    with tempfile.TemporaryDirectory() as folder, beside(busy), Arena(Path(folder)) as arena:
        arena.honest()
        for number, attack in enumerate(chosen, start=1):
            verdict = arena.grade(attack, TimeLimits())
            rows.append((verdict["wall_seconds"], verdict["cpu_seconds"], attack.slug))
            touched += breaches(verdict, arena.canaries.secret)
            if of(verdict, attack.cell)["earned"] > 0 and not attack.partly_right:
                paid.append(attack.slug)
            print(f"\r{number} of {len(chosen)}", end="", file=sys.stderr, flush=True)
        touched += arena.canaries.touched()
    waits = np.array([wall for wall, _, _ in rows])
    print(f"\n{'wall s':>8} {'CPU s':>8}  attack")
    for wall, cpu, slug in sorted(rows, reverse=True)[:SHOWN]:
        print(f"{wall:8.1f} {cpu:8.1f}  {slug}")
    said = f"median {np.median(waits):.1f} s, longest {waits.max():.1f} s"
    print(f"{len(rows)} attacks beside {busy} busy processes: {said}")
    print(f"paid: {paid or 'none'}; touched: {touched or 'nothing'}")


@contextmanager
def beside(count: int) -> Iterator[None]:
    """So many processes that do nothing but compute."""
    crowd = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for each in crowd:
            each.kill()
            each.wait()


if __name__ == "__main__":
    main()
