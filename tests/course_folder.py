"""What a temporary course folder needs of this project's, so that its claims are found there."""

from __future__ import annotations

import shutil
from pathlib import Path

PROJECT = Path(__file__).parent.parent
WORKSHEET = "00_worksheet"
BANK = ("mistakes", "alternatives", "cohort", "*_mistakes.py")


def copy_assignment(root: Path, *, bank: bool = False) -> Path:
    """Copy the worksheet's claims to `root/assignments/`, its bank too if asked; the new folder."""
    folder = root / "assignments" / WORKSHEET
    ignored = ("__pycache__", "tests", *(() if bank else BANK))
    ignore = shutil.ignore_patterns(*ignored)
    shutil.copytree(PROJECT / "assignments" / WORKSHEET, folder, ignore=ignore)
    return folder
