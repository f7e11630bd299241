"""nbgrader's checksum of a cell: whether the cell is as it was released, today or earlier.

is_intact({"grade": True, "grade_id": "check_mean", "checksum": "…"}, "code", "check(mean)")
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from course_lib.notebook.cell import role_of


def is_intact(grading: Mapping[str, Any], kind: str, source: str) -> bool:
    """Whether a cell is as some release had it: `grading` is nbgrader's metadata, checksum and all.

    The checksum is made as `nbgrader.utils.compute_checksum` does.
    """
    role, points = role_of(grading), grading.get("points", 0)
    grade, solution = role in ("test", "manual"), role in ("solution", "manual")
    locked = not solution and (grade or bool(grading.get("locked")))
    parts = [source, kind, str(grade), str(solution), str(locked), str(grading.get("grade_id"))]
    if grade:
        try:
            parts.append(str(float(points)))
        except (TypeError, ValueError, OverflowError):
            return False
    made = hashlib.md5("".join(parts).encode("utf-8", "replace"), usedforsecurity=False)
    return bool(grading.get("checksum") == made.hexdigest())
