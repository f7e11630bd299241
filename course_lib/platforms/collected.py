"""What was collected from where: `collected/NN_topic.json`, for the way back.

    remembered = read_collected(root, "01_pendulum")
    remembered["ada"].label                 # "Ada Lovelace_12345_assignsubmission_file"

Moodle and Canvas take feedback files back under names with the numbers of the hand-in, which no
other file of a course has.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from course_lib.errors import CourseError
from course_lib.grading.verdict import write_whole

FOLDER = "collected"


class Collected(msgspec.Struct, frozen=True):
    """One student's hand-in: platform, the sender's label there, and the notebook's path.

    keys: the platform's numbers and names for them. path: in the archive. digest: of the notebook.
    time: when it was handed in, UTC, "" where nothing told it.
    """

    platform: str
    label: str
    path: str
    name: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    time: str = ""
    digest: str = ""


def place(root: Path, assignment: str) -> Path:
    """Where the record of an assignment is."""
    return root / FOLDER / f"{assignment}.json"


def read_collected(root: Path, assignment: str) -> dict[str, Collected]:
    """By student; empty where nothing was collected. Raises CourseError for a broken file."""
    path = place(root, assignment)
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Collected])
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError) as error:
        raise CourseError(
            f"{path} cannot be read ({error}). Next: remove it, and collect again"
        ) from None


def write_collected(root: Path, assignment: str, found: dict[str, Collected]) -> None:
    """Write the record, whole or not at all."""
    path = place(root, assignment)
    path.parent.mkdir(exist_ok=True)
    text = msgspec.json.format(msgspec.json.encode(dict(sorted(found.items()))), indent=1)
    write_whole(path, text + b"\n")
