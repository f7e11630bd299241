"""Where the pages of reports lie.

>>> str(page_path(Path(), "05_hamiltonian", anonymous=True))
'reports/05_hamiltonian.anonymous.html'
"""

from __future__ import annotations

from pathlib import Path

FOLDER = "reports"
COURSE = "course"  # in place of an assignment's name


def page_path(root: Path, name: str, *, anonymous: bool = False) -> Path:
    """The page of an assignment, or of the COURSE. Its table lies beside it, as .csv."""
    return root / FOLDER / f"{name}{'.anonymous' if anonymous else ''}.html"
