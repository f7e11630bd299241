"""A verdict is on the disk whole or not at all, and a broken one counts as none."""

from __future__ import annotations

import json
import math
import resource
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from course_lib.grading.verdict import read_verdict, verdict_path, write_verdict


@pytest.fixture
def verdict(course):
    submission = course.hand_in("ada", course.notebook())
    return course.verdict(submission, {"tf_log_like": 1.5})


def test_what_is_written_is_read(course, verdict):
    write_verdict(course.root, verdict)
    assert read_verdict(course.root, "00_worksheet", "ada") == verdict


def test_where_there_is_none_there_is_none(course):
    assert read_verdict(course.root, "00_worksheet", "nobody") is None


def test_arrays_and_numbers_without_a_json_word_are_written(course, verdict):
    claim = verdict["checks"][0]["claims"][0]
    claim["inputs"] = {"x": np.array([1.0, np.nan]), "n": np.int64(3)}
    claim["expected"], claim["got"] = math.inf, -math.inf
    path = write_verdict(course.root, verdict)
    json.loads(path.read_text(), parse_constant=pytest.fail)  # NaN and Infinity are not JSON
    stored = read_verdict(course.root, "00_worksheet", "ada")["checks"][0]["claims"][0]
    assert stored["inputs"] == {"x": [1.0, "nan"], "n": 3}
    assert (stored["expected"], stored["got"]) == ("inf", "-inf")


def test_a_students_words_in_a_verdict_are_plain_and_cut(course, verdict):
    verdict["checks"][0]["claims"][0]["message"] = "\x1b[31m" + "x" * 10_000_000
    write_verdict(course.root, verdict)
    message = read_verdict(course.root, "00_worksheet", "ada")["checks"][0]["claims"][0]["message"]
    assert len(message) <= 10_000
    assert "\x1b" not in message


def edited(verdict, **changes):
    return json.dumps(verdict | changes)


@pytest.mark.parametrize(
    "broken",
    [
        lambda v: "",
        lambda v: "{",
        lambda v: "[]",
        lambda v: json.dumps(v)[:-200],
        lambda v: edited(v, format=2),
        lambda v: edited(v, student="bob"),
        lambda v: edited(v, earned=19.0),
        lambda v: edited(v, earned=True),
        lambda v: edited(v, earned=-1),
        lambda v: edited(v, checks=[v["checks"][0] | {"earned": 3.5}]),
        lambda v: edited(v, checks=[v["checks"][0] | {"status": "fine"}]),
        lambda v: edited(v, checks=[v["checks"][0]] * 2),
        lambda v: edited(v, cells=[]),
        lambda v: json.dumps({k: w for k, w in v.items() if k != "content_hash"}),
        lambda v: "[" * 100_000,
    ],
)
def test_a_broken_file_counts_as_none_and_says_so(course, verdict, broken):
    path = write_verdict(course.root, verdict)
    path.write_text(broken(verdict))
    with pytest.warns(UserWarning, match=r"ada\.json"):
        assert read_verdict(course.root, "00_worksheet", "ada") is None


def test_what_is_no_verdict_is_not_written(course, verdict):
    write_verdict(course.root, verdict)
    bad = verdict | {"earned": math.nan}
    with pytest.raises(ValueError, match="earned"):
        write_verdict(course.root, bad)
    assert read_verdict(course.root, "00_worksheet", "ada") == verdict


@pytest.mark.parametrize("name", ["", ".", "..", "../ada", "a/b", "a\\b", "a\0b"])
def test_a_name_cannot_lead_elsewhere(name):
    with pytest.raises(ValueError, match="folder name"):
        verdict_path("/course", "00_worksheet", name)


def test_a_full_disk_leaves_the_old_verdict(course, verdict):
    """RLIMIT_FSIZE makes a write fail as a full disk does: half way."""
    path = write_verdict(course.root, verdict)
    before = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, hard))
        with pytest.raises(OSError):
            write_verdict(course.root, verdict | {"seed": 8})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["ada.json"]


def test_killed_at_any_moment_there_is_a_whole_verdict(course, verdict):
    """A process that writes without end is killed at 20 moments; each time a verdict is there."""
    path = write_verdict(course.root, verdict)
    script = (
        "import json, sys; from course_lib.grading.verdict import write_verdict\n"
        "root, verdict = sys.argv[1], json.loads(sys.stdin.read()); print('ready', flush=True)\n"
        "while True:\n"
        "    verdict['seed'] += 1; write_verdict(root, verdict)\n"
    )
    seeds = set()
    for number in range(20):
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(course.root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        process.stdin.write(path.read_text())
        process.stdin.close()
        process.stdout.readline()
        time.sleep(0.003 * number)
        process.kill()
        process.wait()
        process.stdout.close()
        stored = read_verdict(course.root, "00_worksheet", "ada")
        assert stored is not None
        seeds.add(stored["seed"])
    assert len(seeds) > 3  # it did write
