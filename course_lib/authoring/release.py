"""Releases an assignment: build, scan, strip with nbgrader, and pack what students download.

    released = release("00_worksheet", root)
    released.folder        # root/release/00_worksheet, for nbgrader's exchange
    released.archive       # root/dist/00_worksheet.zip, for a bare machine

The release is a function of the sources: made twice, it is the same bytes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from course_lib.authoring.archive import write_archive
from course_lib.authoring.build import build, read_twin, twins
from course_lib.authoring.cells import topic, views
from course_lib.authoring.faults import AuthoringError, Fault
from course_lib.authoring.guard import points_of_checks
from course_lib.authoring.scan import scan

CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class Released:
    """What a release made, and what it is worth: points by check, points by hand."""

    assignment: str
    folder: Path
    archive: Path
    automatic_points: float
    manual_points: float


def release(assignment: str, root: Path) -> Released:
    """Build, scan and release `assignment`; nbgrader's gradebook learns its cells and points.

    Raises AuthoringError with every fault that was found, or with nbgrader's own log where it
    refused. What was released before is then gone: nothing doubtful is left to hand out.
    """
    root = root.resolve()
    if faults := scan_assignment(assignment, root):
        raise AuthoringError(f"{assignment} cannot be released:", faults)
    build(assignment, root)
    generate(assignment, root)
    folder = root / "release" / assignment
    notebooks = [read_twin(twin) for twin in twins(assignment, root)]
    graded = [cell for notebook in notebooks for cell in views(notebook) if cell.is_graded]
    return Released(
        assignment,
        folder,
        write_archive(folder, root, topic(assignment)),
        sum(cell.points for cell in graded if cell.is_check),
        sum(cell.points for cell in graded if not cell.is_check),
    )


def scan_assignment(assignment: str, root: Path) -> list[Fault]:
    """Every fault in the twins of one assignment, as its instructor would look for them."""
    points = points_of_checks(assignment)
    return [
        fault
        for twin in twins(assignment, root)
        for fault in scan(read_twin(twin), f"source/{assignment}/{twin.name}", points)
    ]


def generate(assignment: str, root: Path) -> None:
    """nbgrader's generate_assignment, with the course's own settings, in this process."""
    with tools_on_path():
        nbgrader = NbGraderAPI(config=settings(root))
        result = nbgrader.generate_assignment(assignment, force=True)
    if not result["success"]:
        log = result.get("log") or result.get("error") or "it gave no reason"
        raise AuthoringError(f"nbgrader could not release {assignment}:\n{log}")


def settings(root: Path) -> Config:
    """The course's nbgrader_config.py, with `root` as the course's folder."""
    if not (root / CONFIG).is_file():
        raise AuthoringError(
            f"{root} has no {CONFIG}. Next: run this in the course's folder, or name it"
        )
    config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    config.CourseDirectory.root = str(root)
    return config


@contextmanager
def tools_on_path() -> Iterator[None]:
    """nbgrader calls `alembic` by name: let it find the one of this environment."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before
