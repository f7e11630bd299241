"""`check(...)` at a bare prompt: whatever it is given, it says one thing that helps."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

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
def said() -> dict[str, str]:
    """What each call of `check` printed, by the name before it."""
    done = subprocess.run(
        [sys.executable, "-c", PROMPT],
        capture_output=True,
        text=True,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
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
        ("called", "without quotes and without calling it: check(tf_log_like)."),
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
