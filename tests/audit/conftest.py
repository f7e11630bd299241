"""A course with a bank of its own: one file of each kind that an audit must tell apart."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.course_folder import copy_assignment

ROOT = Path(__file__).parents[2]
BANK = {
    "mistakes/log_prior/angle_only": '''"""The line's distance counts too."""

def log_prior(m, b, log_s):
    return -tf.math.log(1.0 + m**2)
''',
    "mistakes/log_prior/no_mistake": '''"""This one is right."""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(1.0 + m * m)
''',
    "mistakes/log_prob/numpy_prior": '''"""The prior left TensorFlow."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s).numpy()
''',
    "mistakes/log_pirate/a": '"""Nobody\'s."""\n',
    "alternatives/log_prior/log1p": '''"""By log1p."""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log1p(m**2)
''',
    "alternatives/tf_log_like/not_right": '''"""Thought to be right."""

def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(s**2))
''',
    "attacks/in_vain": '''"""Changes what the grader might read, and answers nonsense."""
# cell: log_prior
try:
    open("@COURSE@/gradebook.db", "w").write("grade 100")
except OSError as error:
    print(error)


def log_prior(m, b, log_s):
    return tf.constant(0.0, tf.float64)
''',
    "attacks/with_a_right_answer": '''"""Says that it got out, and answers right."""
print("BREACHED everything")


def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(1.0 + m**2)
''',
}


@pytest.fixture(scope="session")
def course_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course without anything handed in."""
    root = tmp_path_factory.mktemp("course")
    for folder in ("source", "release"):
        shutil.copytree(ROOT / folder / "00_worksheet", root / folder / "00_worksheet")
    copy_assignment(root)
    for name, text in BANK.items():
        path = root / "assignments" / "00_worksheet" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root
