"""Of answers that are longer for longer inputs, or yes and no, a sentence holds on all of them."""

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

COURSE = Path(__file__).parents[2]
HEAD = "def autocorrelation(x):\n    n = len(x)\n    d = x - np.mean(x)\n"
RIGHT = "    c = np.array([d[: n - k] @ d[k:] for k in range(n)]) / (d @ d)\n"


@functools.cache
def plan(assignment: str, exercise: str):
    return plan_of(load(assignment, COURSE), exercise, seed=7)


def lead(
    source: str, assignment: str = "06_effective_samples", exercise: str = "autocorrelation"
) -> str:
    """The first sentence of the card where the function is written so."""
    return card.text(result_of(source, assignment, exercise)).splitlines()[1].strip()


def result_of(source: str, assignment: str, exercise: str) -> dict[str, Any]:
    """The whole result."""
    namespace: dict[str, Any] = {"np": np}
    if "tf." in source:
        import tensorflow as tf

        namespace["tf"] = tf
    name = f"<cell {exercise}>"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    exec(compile(source, name, "exec"), namespace)
    code = Code.of(source, exercise)
    result = tried(plan(assignment, exercise), exercise, patient(namespace), (), code)
    result = json.loads(json.dumps(result))
    assert result["earned"] < result["points"]
    return result


@pytest.mark.parametrize(
    ("change", "begins"),
    [
        ("    c[n // 2 :] = 0\n    return c", "Only numbers in the second half are ever wrong."),
        ("    c[-1] = 0.5\n    return c", "Only the last number is ever wrong: the others are"),
        ("    c[1:] = -c[1:]\n    return c", "The first number is right on every input: it is the"),
        ("    c[0], c[-1] = 2, 0.5\n    return c", "Only the first and the last number are ever"),
        ("    c[:-1] *= 1.5\n    return c", "The last number is right on every input: it is the"),
        ("    c[0] = 2\n    return c", "Only the first number is ever wrong: the others are"),
        ("    return 2 * c", "It is 2 times what it should be, on every input."),
        ("    return n * c", "It is larger than it should be by as many times as there"),
        (
            "    return c + 0.5",
            "Each of its numbers is off by the same amount on every input: +0.5.",
        ),
        (
            "    return np.minimum(c, 0.25)",
            "None of its numbers is ever above 0.25, and some should.",
        ),
    ],
    ids=[
        "half",
        "last",
        "first",
        "ends",
        "all but the last",
        "only the first",
        "factor",
        "length",
        "offset",
        "wall",
    ],
)
def test_it_says_what_holds_for_the_longest_too(change: str, begins: str) -> None:
    assert lead(HEAD + RIGHT + change).startswith(begins)


@pytest.mark.parametrize(
    "change",
    [
        "    c = np.round(c, 6)\n    return c",
        "    c[min(2, n - 1) :] *= 1.5\n    return c",
        "    return np.cumsum(c)",
    ],
    ids=["rounded", "from the third on", "summed up"],
)
def test_it_is_not_said_to_be_the_same_whatever_the_input_is(change: str) -> None:
    assert "the same answer" not in lead(HEAD + RIGHT + change)


@pytest.mark.parametrize(
    ("test", "begins"),
    [
        ("dot < -0.5", "It says False on "),
        ("dot < 0.5", "It says True on "),
        ("-0.5 < dot < 0.5", "It is right on "),
    ],
    ids=["one way", "the other way", "both ways"],
)
def test_yes_and_no_are_told_apart(test: str, begins: str) -> None:
    source = (
        "def is_u_turn(q_first, p_first, q_last, p_last):\n"
        "    dot = min((q_last - q_first) @ p_first, (q_last - q_first) @ p_last)\n"
        f"    return bool({test})"
    )
    assert lead(source, "05_hamiltonian", "is_u_turn").startswith(begins)


def test_a_return_that_is_not_always_reached_is_said() -> None:
    source = (
        "def leapfrog(gradient, q, p, step, n, variance):\n"
        "    for _ in range(n):\n"
        "        p = p + 0.5 * step * gradient(q)\n"
        "        q = q + step * variance * p\n"
        "        return q, p + 0.5 * step * gradient(q)\n"
    )
    said = lead(source, "05_hamiltonian", "leapfrog")
    assert said.startswith("On some inputs it returns None: either no `return` is reached")


TERMS = """
def log_like_terms(x, y, m, b, s):
    r = y - m * x - b
    return -0.5 * (r / s) ** 2 - np.log(s) - 0.5 * np.log(2 * np.pi)
"""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (" - np.log(s)", "", "Each of its numbers is off by +log s, on every input."),
        ("x - b", "x + b", "On every input it answers as if b had the other sign."),
        # one s is limited and the other is not: no input explains it
        ("(r / s)", "(r / np.minimum(s, 1))", "Each number that is wrong is too small."),
        ("r = y", "s, r = max(s, 0.1), y", "On every input it answers as if s were never below"),
        ("r = y", "r = abs(y)", "On every input it answers as if no y were negative."),
    ],
    ids=["a term", "a sign", "two things", "a limit", "an array"],
)
def test_what_explains_one_number_explains_one_for_each_point(old, new, sentence) -> None:
    assert old in TERMS
    found = lead(TERMS.replace(old, new), "01_likelihood", "log_like_terms")
    assert found.startswith(sentence)


SUMS = """
def summarise(x, y):
    dx, dy = x - x.mean(), y - y.mean()
    return np.array([len(x), x.mean(), y.mean(), dx @ dx, dx @ dy, dy @ dy])
"""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("y - y.mean()", "y - x.mean()", "y is taken about the mean of x."),  # no label of numbers
        ("dy @ dy])", "dy @ dy, 1.0])", "It returns float64 array [7]; asked for: an array of six"),
        (
            "return np",
            "return x, np",
            "It returns a tuple of 2: float64 array [n], ",
        ),
    ],
    ids=["a sentence", "one more", "a pair"],
)
def test_the_form_of_an_answer_is_told(old, new, sentence) -> None:
    assert lead(SUMS.replace(old, new), "01_likelihood", "summarise").startswith(sentence)


def test_the_entries_of_an_argument_have_names() -> None:
    """The last two numbers of a summary, in the other order."""
    source = """
def log_like_from_summary(summary, m, b, s):
    n, mx, my, sxx, syy, sxy = summary
    q = syy - 2 * m * sxy + m**2 * sxx + n * (my - m * mx - b) ** 2
    return -0.5 * q / s**2 - n * np.log(s) - 0.5 * n * np.log(2 * np.pi)
"""
    found = lead(source, "01_likelihood", "log_like_from_summary")
    assert found == "On every input it answers as if summary[4] and summary[5] were exchanged."


def test_a_limit_that_any_large_number_could_be_is_not_told() -> None:
    """Without a likelihood, each sigma may be a million: or two millions."""
    source = """
def noncentred_log_prob(y, sigma, mu, log_tau, z):
    tau = tf.exp(log_tau)
    prior = -0.5 * (mu / 5) ** 2 - tf.math.log1p((tau / 5) ** 2) + log_tau
    return prior - 0.5 * tf.reduce_sum(z**2)
"""
    found = lead(source, "06_effective_samples", "noncentred_log_prob")
    assert found == "It gives the same answer whatever y and sigma are."


def test_differences_tell_what_a_free_constant_hides() -> None:
    source = """
def lighthouse_log_prob(x, alpha, log_beta):
    terms = tf.math.log(tf.exp(log_beta) ** 2 + (x - alpha) ** 2)
    return tf.reduce_sum(2.0 * log_beta - terms)
"""
    found = lead(source, "04_posterior", "lighthouse_log_prob")
    assert found == "It is off by +len(x)·log_beta, on every input."


@pytest.mark.parametrize("constant", ["0.0", "7.5", "np.log(np.pi) * len(x)"])
def test_a_known_mistake_of_a_log_density_has_its_name_whatever_the_constant(constant) -> None:
    source = f"""
def lighthouse_log_prob(x, alpha, log_beta):
    terms = tf.math.log(tf.exp(log_beta) ** 2 + (x - alpha) ** 2)
    return -tf.reduce_sum(terms) - {constant}
"""
    found = lead(source, "04_posterior", "lighthouse_log_prob")
    assert found.startswith("The β in front is missing")


def test_two_points_about_their_own_line_are_no_example() -> None:
    """Their scatter is zero, or what rounding leaves: few numbers, and nothing to see in them."""
    source = """
def standard_errors(x, y, theta):
    s, n = np.exp(theta[2]), len(x)
    return s * np.array([1 / np.sqrt(np.sum((x - x.mean()) ** 2)), 1 / np.sqrt(n), 1 / np.sqrt(n)])
"""
    result = result_of(source, "03_optimise", "standard_errors")
    said = card.text(result).splitlines()[1].strip()
    assert said == "Of the 3 numbers only the second (b) and the third (log_s) are wrong."
    examples = [claim for claim in result["claims"] if "inputs" in claim]
    assert len(examples) > 2
    assert all(len(claim["inputs"]["x"]) >= 3 for claim in examples)
    assert all(claim["inputs"]["theta"][2] > -6 for claim in examples)


def test_infinities_stay_what_they_are_beside_differences() -> None:
    """Of two that are minus infinity the difference is nan, which nobody returned."""
    source = """
def lighthouse_log_prob(x, alpha, log_beta):
    beta = tf.exp(log_beta)
    return tf.math.log(tf.reduce_prod(1e-200 * beta / (beta**2 + (x - alpha) ** 2)))
"""
    found = lead(source, "04_posterior", "lighthouse_log_prob")
    assert "nan" not in found and "-inf" in found


def test_a_coin_in_an_answer_is_found_though_it_often_falls_alike() -> None:
    """One in ten falls otherwise: four calls are alike for two questions in three."""
    coin = "coins = np.random.default_rng(3)\n" + TERMS.replace(
        "return ", "return (coins.uniform() < 0.1) + "
    )
    found = lead(coin, "01_likelihood", "log_like_terms")
    assert found.startswith("Asked the same thing again, it gives another answer")


def test_the_root_of_a_size_is_not_told_as_a_root() -> None:
    """The root of a negative slope is no number, and a number comes back."""
    found = lead(TERMS.replace("m * x", "np.sqrt(abs(m)) * x"), "01_likelihood", "log_like_terms")
    assert "root" not in found


def test_whole_numbers_among_the_arguments_cost_no_words() -> None:
    """As many steps as 0.0 or 2.5 are no input for a truth."""
    source = """
def leapfrog(gradient, q, p, step, n, variance):
    for _ in range(n):
        p = p + 0.5 * step * gradient(q)
        q = q + step * p
        p = p + 0.5 * step * gradient(q)
    return q, -p
"""
    function = {"np": np}
    exec(source, function)
    result = tried(plan("05_hamiltonian", "leapfrog"), "leapfrog", patient(function))
    assert result["earned"] < result["points"]
    assert not result.get("remarks")
