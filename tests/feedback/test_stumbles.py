"""Slips that are plain from the code are said first, and only if what came back bears them out."""

from __future__ import annotations

import functools
import json
import linecache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_lib.claims.loading import load
from course_lib.feedback import card
from course_lib.notebook.code import Code
from course_lib.student.check import plan_of, tried
from course_lib.student.timeouts import patient

TINY = load("01_basics", Path(__file__).parents[1] / "courses" / "tiny")


@functools.cache
def plan(exercise: str):
    return plan_of(TINY, exercise, seed=7)


def lead(exercise: str, source: str) -> str:
    """The first sentence of the card for an exercise that is written as `source`."""
    namespace: dict[str, Any] = {"np": np}
    name = f"<cell {exercise}>"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    exec(compile(source, name, "exec"), namespace)
    code = Code.of(source, exercise)
    result = json.loads(json.dumps(tried(plan(exercise), exercise, patient(namespace), (), code)))
    assert result["earned"] < result["points"]
    return card.text(result).splitlines()[1].strip()


HEAD = "def mean(values):\n    "
DESCEND = "def descend(start, slope, rate, steps):\n    return start"
SLIPS = {
    "order": ("descend", DESCEND, "Its arguments stand in another order, (start, slope, rate, st"),
    "too many": (
        "mean",
        "def mean(values, n):\n    return 1.0",
        "It takes 2 arguments, (values, n",
    ),
    "too few": (
        "mean",
        "def mean():\n    return 1.0",
        "It takes 0 arguments, (), and it is called",
    ),
    "docstring": ("mean", HEAD + '"""The mean."""', "There is nothing in it but a docstring"),
    "no return": ("mean", HEAD + "total = sum(values)", "There is no `return` with a value in it"),
    "bare return": ("mean", HEAD + "sum(values)\n    return", "There is no `return` with a value"),
    "print": ("mean", HEAD + "print(sum(values))", "It prints its result; `return` it instead"),
    "left over": ("mean", HEAD + "n = 1\n    raise NotImplementedError()", "The line `raise NotIm"),
    "another's": (
        "mean",
        "def low(x):\n    raise NotImplementedError\n" + HEAD + "return low(values)",
        "It calls low, which still raises NotImplementedError: write low first.",
    ),
    "None used": ("mean", HEAD + "return 1 + print()", "One of two things that are put together"),
    "optimiser": (
        "mean",
        HEAD + "import scipy.optimize as o\n    return o.minimize(lambda x: x @ x, [1.0])",
        "It returns all that the optimiser reports",
    ),
    "jac": (
        "mean",
        HEAD + "import scipy.optimize as o\n"
        "    return o.minimize(lambda x: float(x @ x), [1.0], jac=True).x[0]",
        "`jac=True` says that the function which is minimised returns two things",
    ),
    "method": (
        "Counter",
        "class Counter:\n    def __init__(self, start):\n        self.total = start\n"
        "    def add(self, number):\n        self.total += number\n"
        "    def twin(self):\n        return Counter(self.total)",
        "There is no `return` with a value in its method `add`",
    ),
    "key": (
        "report_card",
        "def report_card(name, marks):\n"
        "    return {'Name': name, 'best': max(marks), 'worst': min(marks), 'verdict': 'failed'}",
        "It has “Name” where “name” is asked for",
    ),
    "case": (
        "mean",
        "def Mean(values):\n    return 1.0",
        "There is no function mean in the notebook,",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_leads_the_card(slip: str) -> None:
    exercise, source, begins = SLIPS[slip]
    assert lead(exercise, source).startswith(begins)


@pytest.mark.parametrize(
    "source",
    [
        "def mean(values, n=2):\n    return float(values[0])",
        "mean = lambda values: float(values[0])",
        "import functools\ndef first(n, values):\n    return float(values[n])\n"
        "mean = functools.partial(first, 0)",
        HEAD + "print(1)\n    return float(values[0])",
        HEAD + "try:\n        raise NotImplementedError\n    except NotImplementedError:\n"
        "        return float(values[0])",
    ],
    ids=["default", "lambda", "partial", "prints and returns", "raises on purpose"],
)
def test_what_is_no_slip_is_not_called_one(source: str) -> None:
    said = lead("mean", source)
    assert "argument" not in said and "return" not in said and "line" not in said


@pytest.mark.parametrize(
    ("message", "begins"),
    [
        (
            "AttributeError: module 'tensorflow' has no attribute 'log'",
            "`tf.log` is of TensorFlow 1",
        ),
        ("AttributeError: module 'tensorflow' has no attribute 'Session'", "`tf.Session` is of"),
        (
            "RuntimeError: A non-persistent GradientTape can only be used to compute one set of "
            "gradients (or jacobians)",
            "A tape answers `tape.gradient` once",
        ),
    ],
)
def test_tensorflow_is_not_needed_to_know_its_words(message: str, begins: str) -> None:
    kind, _, words = message.partition(": ")
    source = f"class {kind}(Exception): pass\n" if kind == "Nothing" else ""
    source += HEAD + f"raise {kind}({words!r})"
    assert lead("mean", source).startswith(begins)


def test_a_type_error_of_a_function_inside_is_told_in_its_own_words() -> None:
    source = "def low(a, b):\n    return a\n" + HEAD + "return low(values)"
    assert "missing 1 required positional argument: 'b'" in lead("mean", source)


@pytest.mark.parametrize(
    ("source", "begins"),
    [
        (HEAD + "return float(np.mean(values)) + np.random.rand()", "Asked the same thing again"),
        (
            "seen = []\n" + HEAD + "seen.append(1)\n    return np.mean(values) + len(seen)",
            "Asked the same thing again",
        ),
        (HEAD + "return float(np.log(np.mean(values)))", "It gives nan, which is not a number, on"),
        (
            HEAD + "return round(float(np.mean(values)), 1)",
            "It is rounded to one decimal, on every",
        ),
        (
            HEAD + "return float(np.sum(values) / (len(values) + 1))",
            "It is n/(n + 1) times what it",
        ),
        (
            HEAD + "return float(np.clip(np.mean(values), -2, 2))",
            "It never leaves the range from -2 to 2, where it should.",
        ),
        (
            HEAD + "return max(float(np.mean(values)), 0.0)",
            "It is never below 0, where it should be.",
        ),
        (
            HEAD + "return abs(float(np.mean(values)))",
            "Its size is right everywhere, and it comes b",
        ),
    ],
    ids=["random", "counts", "nan", "rounded", "n + 1", "clipped", "not negative", "absolute"],
)
def test_what_numbers_have_in_common_is_said(source: str, begins: str) -> None:
    assert lead("mean", source).startswith(begins)
