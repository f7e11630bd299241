"""From an instructor's text to what students get: build, scan, release, archive.

from course_lib.authoring import build, release

build("00_worksheet", root)      # source/00_worksheet/worksheet.nb.py → worksheet.ipynb
release("00_worksheet", root)    # → release/00_worksheet/ and dist/00_worksheet.zip
"""

from __future__ import annotations

from course_lib.authoring.build import build, out_of_sync
from course_lib.authoring.faults import AuthoringError, Fault
from course_lib.authoring.release import Released, release, scan_assignment

__all__ = [
    "AuthoringError",
    "Fault",
    "Released",
    "build",
    "out_of_sync",
    "release",
    "scan_assignment",
]
