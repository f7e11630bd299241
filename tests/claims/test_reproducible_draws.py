"""What a seed draws is the same in every process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DRAW = """
import sys
{first}
from hypothesis import strategies as st
import hypothesis
from course_lib.claims.exercise import SETTINGS

drawn = []

@hypothesis.settings(SETTINGS, max_examples=300)
@hypothesis.seed(3)
@hypothesis.given(number=st.floats(-1e6, 1e6), count=st.integers(0, 10**6))
def draw(number, count):
    drawn.append((number, count))

draw()
print(drawn)
"""


def drawn(folder: Path, first: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DRAW.format(first=first)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_seeds_draws_do_not_depend_on_what_is_imported(tmp_path):
    """An instructor's module, and parts of this package that only some commands import."""
    numbers = ", ".join(str(n + 0.123) for n in range(1000, 1400))
    (tmp_path / "mine.py").write_text(f"A = [{numbers}]\nB = {list(range(77_000, 77_400))}\n")
    alone = drawn(tmp_path, "")
    assert alone.count("(") >= 300
    assert drawn(tmp_path, "sys.path.insert(0, ''); import mine") == alone
    assert drawn(tmp_path, "import course_lib.grading.nbgrader.writer") == alone
