"""`course grade` stopped by whatever can stop it: the same command does the rest, to the same end.

Killed at any moment, before a gradebook that another process holds, on a disk that is full.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from runs import (
    command,
    environment,
    finish,
    is_sound,
    left_over,
    scores,
    start,
    stored,
    tiny_course_in,
)

from tests.course_folder import TINY, TINY_POINTS

pytestmark = pytest.mark.slow

KILLS = 12
RUNS = 5 * KILLS  # a run that is over before its moment is not counted, but not for ever
PAIR = ("ada", "emmy")
QUICK = ("--no-feedback", "--jobs", "1")


def test_grading_killed_anywhere_goes_on_to_the_same_end(tmp_path: Path) -> None:
    """Half of the kills fall anywhere, half where results are being written."""
    calm, killed = (tiny_course_in(tmp_path / name, PAIR) for name in ("calm", "killed"))
    began = time.monotonic()
    grading = start(calm, *QUICK)
    first = _wait_for_result(calm, grading, 600.0) - began
    assert grading.wait() == 0
    whole = time.monotonic() - began
    expected, points = stored(calm), scores(calm)
    draw = np.random.default_rng(20260118)
    kept: set[str] = set()
    kills = 0
    for number in range(RUNS):
        if kills == KILLS:
            break
        if kept == set(PAIR) and number % 2 == 0:  # begin anew, or nothing would be left to do
            shutil.rmtree(killed / "verdicts")
            kept = set()
        grading = start(killed, *QUICK)
        if number % 2 == 0:
            _wait(grading, draw.uniform(0.0, first))
        else:
            _wait_for_result(killed, grading, whole)
            _wait(grading, draw.uniform(0.0, whole - first))
        grading.kill()
        if grading.wait() == -signal.SIGKILL:
            kills += 1
        else:  # the machine was busier when these were measured
            first, whole = 0.7 * first, 0.7 * whole
        now = stored(killed)
        assert kept <= set(now), "a verdict was lost"
        assert {name: expected[name] for name in now} == now, "a verdict is another"
        assert is_sound(killed / "gradebook.db")
        assert left_over(grading.pid) == []
        kept = set(now)
    assert kills == KILLS
    assert finish(killed, *QUICK).returncode == 0
    assert stored(killed) == expected
    assert scores(killed) == points == {"ada": TINY_POINTS, "emmy": 0.0}
    print(f"{kills} runs killed, of {whole:.0f} s each")


def _wait(grading: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        grading.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _wait_for_result(folder: Path, grading: subprocess.Popen[bytes], seconds: float) -> float:
    """Wait until something is written that was not there before; when that was."""
    before = _written(folder)
    deadline = time.monotonic() + seconds
    while grading.poll() is None and time.monotonic() < deadline and _written(folder) == before:
        time.sleep(0.002)
    return time.monotonic()


def _written(folder: Path) -> set[tuple[str, int]]:
    """The files that hold results, with their times."""
    places = (folder / "verdicts" / TINY, folder)
    return {
        (entry.name, entry.stat().st_mtime_ns)
        for place in places
        if place.is_dir()
        for entry in place.iterdir()
        if entry.is_file()
    }


HOLD = """
import sqlite3, sys, time
book = sqlite3.connect("gradebook.db", isolation_level=None)
book.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(float(sys.argv[1]))
"""


def hold(folder: Path, seconds: float) -> subprocess.Popen[str]:
    """A process that holds the gradebook's lock, as a formgrader in the middle of writing does."""
    script = [sys.executable, "-c", HOLD, str(seconds)]
    holder = subprocess.Popen(script, cwd=folder, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_gradebook_that_another_process_holds_is_waited_for_and_then_named(
    tmp_path: Path,
) -> None:
    folder = tiny_course_in(tmp_path / "course", ("emmy",))
    assert finish(folder, *QUICK).returncode == 0
    again = (*QUICK, "--again")
    with hold(folder, 3600.0) as holder:
        done = finish(folder, *again)
        holder.kill()
    assert done.returncode == 1
    assert "another program holds gradebook.db" in " ".join(done.stdout.split())
    assert "Not written down: emmy" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert finish(folder, *QUICK).returncode == 0  # the verdict is there: it is only written
    assert scores(folder) == {"emmy": 0.0}
    with hold(folder, 20.0):  # longer than until the verdict is there, on any machine
        began = time.monotonic()
        assert finish(folder, *again).returncode == 0
        assert time.monotonic() - began > 14.0
    assert scores(folder) == {"emmy": 0.0}


# Both runs in one mount namespace, with a disk of six megabytes that is theirs alone.
FULL = """
set -e
mount -t tmpfs -o size=6m none "$1"
cp -r "$0/." "$1"
cd "$1"
free=$(($(df --output=avail -k . | tail -n 1) - $2))
head -c ${free}k /dev/zero > filler
shift 2
echo "$(set +e; "$@" 2>&1; echo "first: $?")"
for file in verdicts/*/*.json; do
    test ! -e "$file" || python3 -m json.tool "$file" > /dev/null
done
rm filler
"$@" 2>&1
echo "second: $?"
grep -h '"earned"' verdicts/*/ada.json | head -n 1
"""


@pytest.mark.parametrize("kilobytes", [4, 100, 250])
def test_a_full_disk_costs_nothing_that_room_does_not_bring_back(
    tmp_path: Path, kilobytes: int
) -> None:
    """With room for nothing, for a verdict and no gradebook, and for a part of the results."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk that a grader of its own rights writes to")
    folder = tiny_course_in(tmp_path / "course", PAIR)
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        [
            "unshare",
            "--mount",
            "bash",
            "-c",
            FULL,
            str(folder),
            str(place),
            str(kilobytes),
            *command(folder, *QUICK),
        ],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    said = done.stdout + done.stderr
    assert "first: 1" in said, said
    assert "Traceback" not in said
    assert "No space left" in said or "full" in said
    assert "second: 0" in said, said
    assert f'"earned": {TINY_POINTS}' in said.splitlines()[-1]
