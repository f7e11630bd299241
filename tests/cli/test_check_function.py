"""`check(...)` at a bare prompt: whatever it is given, it says one thing that helps."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

TINY = Path(__file__).parents[1] / "courses" / "tiny"
PROMPT = """
import functools, signal, threading, time
import numpy as np
import tensorflow as tf
from course_lib import check

def tf_log_like(x, y, m, b, s):
    print("here", m)
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))

def by_direction(power, m, b, log_s):
    return -power * tf.math.log(1.0 + m**2)

def fit_line(x, y, theta0):
    while True:
        try:
            time.sleep(1)
        except ValueError:
            pass

print("## prints"); check(tf_log_like)
log_prior = functools.partial(by_direction, 1.5)
print("## nameless"); check(log_prior)
print("## quoted"); check("log_prior")
print("## called"); check(tf_log_like(1.0, 2.0, 3.0, 4.0, 5.0))
print("## misspelt")
def log_priors(m, b, log_s): pass
check(log_priors)
print("## interrupted")
threading.Timer(2.0, lambda: signal.raise_signal(signal.SIGINT)).start()
try:
    check(fit_line)
except KeyboardInterrupt:
    print("it stopped")
print("## endless"); check(fit_line)
print("## end")
"""


@pytest.fixture(scope="module")
def said(installed: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each call of `check` printed, by the name before it."""
    done = subprocess.run(
        [sys.executable, "-c", PROMPT],
        capture_output=True,
        text=True,
        cwd=tmp_path_factory.mktemp("student"),
        env={**installed, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    assert done.returncode == 0, done.stderr
    parts = done.stdout.split("## ")
    return {name: text.strip() for name, _, text in (part.partition("\n") for part in parts)}


def test_what_a_function_prints_is_counted_and_not_shown(said: dict[str, str]) -> None:
    assert "tf_log_like: 3 of 3 points" in said["prints"]
    assert "here tf.Tensor" not in said["prints"]
    assert "tf_log_like printed" in said["prints"]


def test_a_function_without_a_name_is_known_by_the_one_it_was_given(said: dict[str, str]) -> None:
    assert "log_prior: 2 of 2 points" in said["nameless"]


@pytest.mark.parametrize(
    ("slip", "help_"),
    [
        ("quoted", "without quotes and without calling it: check(log_prior). This is a str."),
        ("called", "without quotes and without calling it: check(my_function)."),
        ("misspelt", "There is no exercise called log_priors. Did you mean log_prior?"),
    ],
)
def test_a_slip_is_answered_by_what_to_write(said: dict[str, str], slip: str, help_: str) -> None:
    assert help_ in said[slip]


def test_stop_means_stop(said: dict[str, str]) -> None:
    assert said["interrupted"] == "it stopped"


def test_a_loop_that_does_not_end_is_waited_for_once(said: dict[str, str]) -> None:
    assert "Is there a loop that does not end?" in said["endless"]
    assert "fit_line: 0 of 3 points" in said["endless"]


CELLS = (
    """
import os, signal, time
from course_lib import check, limits
from course_lib.student import check as module
limits.stretch = lambda: 1.0  # whatever else this machine does
calls = []
def mean(values):
    time.sleep(0.5)
    calls.append(values)
    if len(calls) == 8:
        os.kill(os.getpid(), signal.SIGINT)
    return sum(values) / len(values)
""",
    "check(mean)",
    "module.EXERCISE_SECONDS = 1.0\ncheck(mean)",
)


@pytest.fixture(scope="module")
def outputs() -> list[str]:
    """What a kernel shows below each cell: of a check that is stopped, of one with less time."""
    nb = new_notebook(cells=[new_code_cell(source) for source in CELLS])
    resources = {"metadata": {"path": str(TINY)}}
    NotebookClient(nb, allow_errors=True, timeout=900, resources=resources).execute()
    return [json.dumps([dict(output) for output in cell.outputs]) for cell in nb.cells]


def test_a_check_that_takes_long_says_how_far_it_is(outputs: list[str]) -> None:
    assert re.search(r"mean: \d+ of \d+ calls, \d+ s", outputs[1])


def test_stop_shows_a_sentence_and_no_traceback_of_ours(outputs: list[str]) -> None:
    assert '"traceback": ["Stopped: mean was not tried to the end."]' in outputs[1]


def test_the_calls_of_one_check_have_a_limit_in_all(outputs: list[str]) -> None:
    assert "took all the time there is, 1 s" in outputs[2]
    assert "calls, " not in outputs[2]  # the card is in the place of what was said before
