"""Every `>>>` example in a docstring of course_lib runs and shows what it says."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).parent.parent
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def written() -> dict[str, int]:
    """The number of examples that stand in each module's file, by the module's name."""
    found = {}
    for file in sorted((ROOT / "course_lib").rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts).removesuffix(".__init__")
        found[name] = len(re.findall(r"(?m)^\s*(?:r?\"\"\")?>>> ", file.read_text("utf-8")))
    return found


WRITTEN = written()


@pytest.fixture
def inference_names() -> dict[str, Any]:
    """What examples of course_lib.inference use without a definition: a line fitted to 50 points.

    log_prob: its log posterior of m, b, log_s; model: the same as a TFModel; start: where the
    model stands; flatchain: 1000 draws, a row each.
    """
    import tensorflow as tf

    import course_lib.inference as inference
    from course_lib.inference.readable.hmc import hmc_step

    rng = np.random.RandomState(123)
    x = np.sort(rng.uniform(-1, 1, 50))
    y = -0.4 * x + 0.03 + 0.1 * rng.randn(50)

    def log_prob(m, b, log_s):
        s = tf.exp(log_s)
        log_like = -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
        return log_like - 1.5 * tf.math.log(1 + m**2)

    values = [np.float64(-0.4), np.float64(0.03), np.log(0.1)]
    m, b, log_s = (tf.Variable(value, dtype=tf.float64) for value in values)
    model = inference.TFModel(log_prob, values)
    flatchain = np.random.default_rng(1).normal(0, [0.035, 0.016, 0.1], (1000, 3))
    return {public: getattr(inference, public) for public in inference.__all__} | {
        "np": np,
        "tf": tf,
        "hmc_step": hmc_step,
        "log_prob": log_prob,
        "model": model,
        "start": model.current_vector(),
        "flatchain": flatchain,
        "m": m,
        "b": b,
        "log_s": log_s,
    }


@pytest.mark.parametrize("name", [name for name, count in WRITTEN.items() if count])
def test_every_example_of_a_module_shows_what_it_says(name, request):
    module = importlib.import_module(name)
    about_inference = name.startswith("course_lib.inference")
    names = dict(request.getfixturevalue("inference_names")) if about_inference else {}
    failed, tried = doctest.testmod(module, extraglobs=names, optionflags=FLAGS)
    assert failed == 0
    assert tried == WRITTEN[name], "doctest finds no docstring of what a decorator has replaced"


def test_every_module_of_inference_has_an_example():
    without = [
        n for n, count in WRITTEN.items() if n.startswith("course_lib.inference") and not count
    ]
    assert without == []
