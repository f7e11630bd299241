"""A course with one small assignment, and the commands `course collect` and `course export`."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from course_lib.platforms.incoming import Request, collect_hand_ins

TINY = Path(__file__).parents[1] / "courses" / "tiny"
ASSIGNMENT = "02_energy"
Collect = Callable[..., tuple[int, str]]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course's folder, with nothing handed in."""
    folder = tmp_path / "course"
    shutil.copytree(TINY / "release" / ASSIGNMENT, folder / "release" / ASSIGNMENT)
    shutil.copy(TINY / "nbgrader_config.py", folder)
    return folder


@pytest.fixture
def collect(course: Path) -> Collect:
    """`collect(source, roster=…, dry_run=…)`: the exit code, and what was printed."""

    def run(source: Path, **options: Any) -> tuple[int, str]:
        heard = io.StringIO()
        console = Console(file=heard, width=200, highlight=False)
        code = collect_hand_ins(Request(course, ASSIGNMENT, source, **options), console)
        return code, heard.getvalue()

    return run


def handed_in(course: Path) -> dict[str, dict[str, bytes]]:
    """All that lies in `submitted/`: by student, file and bytes."""
    found: dict[str, dict[str, bytes]] = {}
    for path in sorted((course / "submitted").rglob("*")):
        if path.is_file():
            student, assignment, *rest = path.relative_to(course / "submitted").parts
            assert assignment == ASSIGNMENT
            found.setdefault(student, {})["/".join(rest)] = path.read_bytes()
    return found
