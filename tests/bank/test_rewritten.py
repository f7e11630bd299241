"""A known mistake is recognised in other words: it is its numbers that count, not its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.checks import answers, load
from course_lib.checks.dependencies import choose
from course_lib.grading.course import Course
from course_lib.grading.known import Asked

COURSE = Course(Path(__file__).parents[2], "00_worksheet")
CHECKS = load("00_worksheet")
ANSWERED = answers.load(COURSE.answers_path.read_bytes(), CHECKS)
CELLS = choose(COURSE.solutions.cells, set(CHECKS.exercises)).run

REWRITTEN = {
    "tf_log_like/numpy_log": """
def tf_log_like(x, y, m, b, s):
    model = m * x + b
    return -0.5 * tf.reduce_sum(((y - model) / s) ** 2 + np.log(2 * np.pi * s**2))
""",
    "tf_log_like/missing_two_pi": """
def tf_log_like(x, y, m, b, s):
    off = tf.add(b, tf.multiply(m, x)) - y
    return -tf.reduce_sum(tf.square(off) / (2 * s * s) + tf.math.log(s))
""",
    "tf_log_like/mean_for_sum": """
def tf_log_like(x, y, m, b, s):
    terms = -0.5 * tf.square((y - (b + m * x)) / s) - tf.math.log(s) - 0.5 * np.log(2 * np.pi)
    return tf.reduce_mean(terms)
""",
    "tf_log_like/wrong_sign": """
def tf_log_like(x, y, m, b, s):
    n = tf.cast(tf.size(x), T)
    rest = tf.reduce_sum((y - m * x - b) ** 2)
    return 0.5 * rest / s**2 + 0.5 * n * np.log(2 * np.pi) + n * tf.math.log(s)
""",
}


@pytest.fixture(scope="module")
def asked(warm):
    own = COURSE.solutions.cell("tf_log_like").source
    process = Asked(warm, CELLS, own, ANSWERED["tf_log_like"].known.calls)
    yield process
    process.close()


@pytest.mark.parametrize("name", REWRITTEN)
def test_in_other_words_it_is_the_same_mistake(asked: Asked, name: str) -> None:
    exercise, _, slug = name.partition("/")
    mistake = ANSWERED[exercise].known.name(asked.of(REWRITTEN[name]))
    assert mistake is not None and mistake.slug == slug


def test_the_solution_in_other_words_is_no_mistake(asked: Asked) -> None:
    right = REWRITTEN["tf_log_like/numpy_log"].replace("np.log", "tf.math.log")
    assert ANSWERED["tf_log_like"].known.name(asked.of(right)) is None
