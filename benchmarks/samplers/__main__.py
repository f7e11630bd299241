"""Samplers beside their peers: effective draws per second, on ten posteriors, on one core.

    python benchmarks/samplers --setup      # once: the peers, in an environment of their own
    python benchmarks/samplers              # all; a killed run goes on where it was
    python benchmarks/samplers --small      # two minutes: one short run of a few, nothing written
    python benchmarks/samplers --report     # only the tables and the picture, of what is there

`--only WORD` (again and again) keeps the jobs whose target or sampler has the word in it, `--fresh`
forgets what was measured of them. Every sampler runs in a process of its own (`child.py`), pinned
to one core; figures are medians of three runs; draws whose moments or R-hat are off (`judge.py`)
have none. Peers: pyproject.toml's extra `bench`; their versions: requirements.lock beside this.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}

import click  # noqa: E402
import numpy as np  # noqa: E402
from jobs import OURS, Job, jobs  # noqa: E402
from judge import judged  # noqa: E402
from targets import NAMES, load  # noqa: E402

PEERS = HERE.parents[1] / ".venv-bench"
RESULTS = HERE / "results.json"
LIMIT = 150
"""Seconds for one process: compiling, a pilot and three runs."""


@click.command()
@click.option("--setup", is_flag=True, help="Make the peers' environment.")
@click.option("--small", is_flag=True, help="Two minutes, to see that it works.")
@click.option("--report", is_flag=True, help="Measure nothing.")
@click.option("--fresh", is_flag=True, help="Measure again what is there.")
@click.option("--only", multiple=True, help="Jobs with this word.")
def main(setup: bool, small: bool, report: bool, fresh: bool, only: tuple[str, ...]) -> None:
    if setup:
        make_environment()
        return
    todo = [(t, job) for t in NAMES for job in jobs(t) if chosen(t, job, only, small)]
    stored = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() and not small else {}
    if fresh:
        stored = {k: v for k, v in stored.items() if k not in {key(t, job) for t, job in todo}}
    if not report:
        for_seconds, repeats = (0.3, 1) if small else (1.0, 3)
        run_all(todo, stored, for_seconds, repeats, None if small else RESULTS)
    if not small:
        from report import write

        write(stored)


def chosen(target: str, job: Job, only: tuple[str, ...], small: bool) -> bool:
    line = f"{target} {job.name}"
    if small:
        slow = job.adapter in ("stan_nuts", "pytensor_nuts") or job.chains == load(target).CHAINS[1]
        if slow or target != ("ar1_100" if job.name.startswith(OURS) else "worksheet"):
            return False
    return not only or any(word in line for word in only)


def key(target: str, job: Job) -> str:
    return f"{target} | {job.name} | {job.chains}"


def run_all(
    todo: list[tuple[str, Job]], stored: dict[str, Any], seconds: float, repeats: int,
    keep: Path | None,
) -> None:  # fmt: skip
    """Each job in turn; what it drew is judged on the other core while the next one runs."""
    truths: dict[str, Any] = {}
    waiting: list[tuple[str, Future]] = []

    def collect(most: int) -> None:
        while len(waiting) > most:
            name, future = waiting.pop(0)
            stored[name] = row = future.result()
            say = row["trouble"] or f"{row['sampling']:,.0f} effective draws a second"
            print(f"{name:55} {say}", flush=True)
            if keep:
                keep.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as judge:
        for i, (target, job) in enumerate(todo):
            if key(target, job) in stored:
                continue
            print(f"{i + 1}/{len(todo)} {key(target, job)} …", flush=True)
            file = Path(folder) / f"{i}.npz"
            trouble = run_one(target, job, seconds, repeats, file)
            if target not in truths:
                truths[target] = judge.submit(load(target).truth)
            truth = truths[target]
            future = judge.submit(weigh, target, file, truth, trouble)
            waiting.append((key(target, job), future))
            collect(1)
        collect(0)


def run_one(target: str, job: Job, seconds: float, repeats: int, file: Path) -> str:
    """What went wrong, in a line; empty if nothing did."""
    python = PEERS / "bin" / "python" if job.peer else Path(sys.executable)
    if not python.exists():
        return "not installed: python benchmarks/samplers --setup"
    command = [str(python), str(HERE / "child.py"), target, *job[1:3], str(job.chains)]
    try:
        done = subprocess.run(
            [*command, str(seconds), str(repeats), str(file)],
            cwd=file.parent, timeout=LIMIT, capture_output=True, text=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"not done in {LIMIT} s"
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        return f"does not run: {last[0][:80]}"
    return ""


def weigh(target: str, file: Path, truth: Future, trouble: str) -> dict[str, Any]:
    """The figures of one job: medians over its runs."""
    if trouble:
        return {"trouble": trouble, "sampling": None}
    found = dict(np.load(file))
    file.unlink()
    mean, sd, error = truth.result()
    sd = sd.copy()
    if hasattr(load(target), "JUDGED"):
        sd[[i for i in range(len(sd)) if i not in load(target).JUDGED]] = np.nan
    verdicts = [judged(draws, mean, sd, error) for draws in found["draws"]]
    worth = np.array([v[0] for v in verdicts])
    draws = found["draws"].shape[1] * found["draws"].shape[2]
    warm = found["sampling"] + found["warmup"]
    return {
        "trouble": next((v[1] for v in verdicts if v[1]), ""),
        "sampling": median(worth / found["sampling"]),
        "with warm-up": median(worth / warm),
        "with compile": median(worth / (warm + found["compile"])),
        "compile": median(found["compile"]),
        "leapfrogs": median(found["leapfrogs"] / found["sampling"]),
        "each": median(found["leapfrogs"] / worth),
        "divergent": float(found["divergent"].sum() / (draws * len(worth))),
        "runs": [round(float(w / s), 3) for w, s in zip(worth, found["sampling"], strict=True)],
    }


def make_environment() -> None:
    """The peers, with the versions of requirements.lock, beside the project's own environment."""
    import venv

    venv.create(PEERS, with_pip=True)
    pip = [str(PEERS / "bin" / "pip"), "install", "--quiet"]
    raise SystemExit(subprocess.call([*pip, "-r", str(HERE / "requirements.lock")]))


if __name__ == "__main__":
    main()
