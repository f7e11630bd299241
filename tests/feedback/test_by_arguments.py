"""A factor or a term that is made of one argument is said, and nothing that fits by accident."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback.by_arguments import by_an_argument
from course_lib.feedback.evidence import Evidence
from tests.answers import LINE, Respond, altered, grad_log_like, judged, log_like

PLAN = SamplingPlan.draw(LINE, seed=9, only=["log_like", "grad_log_like"])


def said(name: str, respond: Respond) -> str:
    return by_an_argument(Evidence(PLAN, judged(PLAN, respond, name, shrinking=False)))


def likelihood(change: Callable[..., float]) -> str:
    """What is said where `change` makes the right value and the arguments into another value."""
    return said(
        "log_like",
        altered(lambda v, q: [change(log_like(*q.arguments), *q.arguments)]),
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda v, x, y, m, b, s: v * s, "It is s times what it should be, on every input."),
        (lambda v, x, y, m, b, s: v / s**2, "It is 1/s² times what it should be, on every input."),
        (lambda v, x, y, m, b, s: 3 * v * len(x),
         "It is 3·len(x) times what it should be, on every input."),
        (lambda v, x, y, m, b, s: v, ""),
        (lambda v, x, y, m, b, s: 2 * v, ""),
        (lambda v, x, y, m, b, s: v * s * (1 + 1e-3 * np.sin(b)), ""),
        (lambda v, x, y, m, b, s: v + np.sin(m * b), ""),
    ],
    ids=["s", "1/s2", "3n", "right", "a plain factor", "nearly", "two arguments"],
)  # fmt: skip
def test_a_factor_that_is_an_argument_is_said(change, sentence) -> None:
    assert likelihood(change) == sentence


def test_a_factor_of_all_numbers_of_an_answer_is_said() -> None:
    by_s = altered(lambda v, q: [g * q.arguments[-1] for g in grad_log_like(*q.arguments)])
    assert said("grad_log_like", by_s) == "It is s times what it should be, on every input."


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        (lambda x, m, b, s: -np.log(s) * len(x), "It is off by -len(x)·log s, on every input."),
        (
            lambda x, m, b, s: -np.log(s) * len(x) + np.log(s),
            "It is off by -(len(x) - 1)·log s, on every input.",
        ),
        (lambda x, m, b, s: -np.log(s) * len(x) + np.sin(b), ""),
    ],
    ids=["n log s", "(n - 1) log s", "two terms"],
)
def test_a_term_that_is_made_of_an_argument_is_said(term, sentence) -> None:
    """On ordinary inputs, whose answers are not a million times the term."""
    assert likelihood(lambda v, x, y, m, b, s: v + term(x, m, b, s)) == sentence


def test_up_to_a_constant_differences_are_looked_at(monkeypatch) -> None:
    """What an answer adds for its data alone is allowed there; what it adds for b is not."""
    exercise = LINE.exercises["log_like"]
    monkeypatch.setattr(exercise, "up_to_a_constant", True)
    rng = np.random.default_rng(1)
    data = [tuple(rng.normal(size=(2, n))) for n in (2, 3, 5)]
    lines = [(*xy, *rng.normal(size=2), rng.uniform(1, 2)) for xy in data for _ in range(4)]

    def told(more: Callable[..., float]) -> str:
        respond = altered(lambda v, q: [log_like(*q.arguments) + more(*q.arguments)])
        result = judged(PLAN, respond, "log_like", shrinking=False)
        asked = [(q, respond(q)) for q in (exercise.question(*line) for line in lines)]
        return by_an_argument(Evidence(PLAN, result, asked))

    assert told(lambda x, y, m, b, s: np.sum(x * y)) == ""
    assert told(lambda x, y, m, b, s: np.sum(x * y) + 2 * b) == "It is off by +2·b, on every input."
    n_log_s = "It is off by -len(x)·log s, on every input."
    assert told(lambda x, y, m, b, s: np.sum(x * y) - len(x) * np.log(s)) == n_log_s
