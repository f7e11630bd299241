"""A library that is missing is named; a silent `check` would look like a right answer."""

from __future__ import annotations

import subprocess
import sys

BROKEN = """
import sys
sys.modules["hypothesis"] = None  # as where it was uninstalled
from course_lib import check
check(print)
"""


def test_check_names_the_library_that_is_missing():
    done = subprocess.run([sys.executable, "-c", BROKEN], capture_output=True, text=True)
    assert done.returncode == 1
    assert "ModuleNotFoundError" in done.stderr and "hypothesis" in done.stderr
