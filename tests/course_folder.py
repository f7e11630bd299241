"""What a temporary course folder needs of this project's, so that its claims are found there."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).parent.parent
WORKSHEET = "00_worksheet"
# The engine's own course, without TensorFlow: its graders start in a second.
TINY, TINY_NOTEBOOK, TINY_POINTS = "01_basics", "01_basics/basics.ipynb", 27.0
BANK = ("mistakes", "alternatives", "cohort", "*_mistakes.py")


def copy_assignment(root: Path, *, bank: bool = False) -> Path:
    """Copy the worksheet's claims to `root/assignments/`, its bank too if asked; the new folder."""
    folder = root / "assignments" / WORKSHEET
    ignored = ("__pycache__", "tests", *(() if bank else BANK))
    ignore = shutil.ignore_patterns(*ignored)
    shutil.copytree(PROJECT / "assignments" / WORKSHEET, folder, ignore=ignore)
    return folder


def put_hand_ins(root: Path, notebook: str, hand_ins: Mapping[str, bytes]) -> Path:
    """Put what each student handed in where it is graded. notebook: as in `TINY_NOTEBOOK`."""
    for student, data in hand_ins.items():
        place = root / "submitted" / student / notebook
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return root
