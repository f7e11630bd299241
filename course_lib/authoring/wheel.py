"""Makes the two wheels that students install: the engine, and one assignment.

    engine_wheel()                  # course_lib-0.1.0+1a2b3c4d-py3-none-any.whl
    assignment_wheel(assignment)    # course_assignment_05_hamiltonian-1+9f8e7d6c-py3-none-any.whl

A wheel is a zip archive with three small files about itself (PEP 427, PEP 376). Writing it here
takes no build tool and no network, gives the same bytes every time, and works from an installed
package as well as from a checkout. A version's last part is made from the contents, so that pip
installs what has changed.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import course_lib
from course_lib.authoring import requirements
from course_lib.authoring.package import package_files
from course_lib.authoring.requirements import DISTRIBUTION
from course_lib.claims.assignment import Assignment
from course_lib.claims.loading import INSTALLED
from course_lib.digest import of_files

# The folders and files of course_lib that students get: no grader, no authoring, no report.
PARTS = (
    "__init__.py",
    "alarm.py",
    "deadline.py",
    "digest.py",
    "errors.py",
    "limits.py",
    "py.typed",
    "streams.py",
    "text.py",
    "unexpected.py",
    "unwarned.py",
    "claims",
    "cli",
    "feedback",
    "inference",
    "kernel",
    "notebook",
    "protocol",
    "student",
)
LEFT_OUT = ("__pycache__",)


@dataclass(frozen=True)
class Wheel:
    """A wheel: its file's name, its bytes, and what it requires."""

    name: str
    data: bytes
    requires: tuple[str, ...]


def engine_wheel() -> Wheel:
    """The engine, as a student needs it: the package that runs here."""
    about = metadata.metadata(DISTRIBUTION)
    requires = [line for line in about.get_all("Requires-Dist") or [] if "extra ==" not in line]
    root = Path(course_lib.__file__).parent.parent
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for part in PARTS
        for path in sources(root / "course_lib" / part)
    }
    return _wheel(
        "course_lib",
        course_lib.__version__,
        files,
        about["Summary"] or "",
        about["Requires-Python"] or "",
        requires,
        "[console_scripts]\ncourse = course_lib.cli:main\n",
    )


def assignment_wheel(assignment: Assignment, imports: Iterable[str]) -> Wheel:
    """One assignment's claims and records, and what its notebook imports."""
    files = {
        f"{INSTALLED}/{assignment.name}/{name}": data
        for name, data in package_files(assignment).items()
    }
    return _wheel(
        re.sub(r"\W", "_", f"course_assignment_{assignment.name}"),
        "1",
        files,
        f"The checks of {assignment.name}",
        "",
        requirements.of_wheel(imports),
    )


def _wheel(
    name: str,
    version: str,
    files: Mapping[str, bytes],
    summary: str,
    python: str,
    requires: Sequence[str],
    entry_points: str = "",
) -> Wheel:
    version = f"{version}+{of_files(dict(sorted(files.items())))[:8]}"
    about = f"{name}-{version}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {name.replace('_', '-')}", f"Version: {version}"]
    lines += [f"Summary: {summary}"] * bool(summary) + [f"Requires-Python: {python}"] * bool(python)
    lines += [f"Requires-Dist: {each}" for each in requires]
    all_files = {
        **files,
        f"{about}/METADATA": ("\n".join(lines) + "\n").encode(),
        f"{about}/WHEEL": (
            b"Wheel-Version: 1.0\nGenerator: course\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
    }
    if entry_points:
        all_files[f"{about}/entry_points.txt"] = entry_points.encode()
    record = [f"{file},sha256={digest(data)},{len(data)}" for file, data in all_files.items()]
    all_files[f"{about}/RECORD"] = "\n".join([*record, f"{about}/RECORD,,", ""]).encode()
    return Wheel(f"{name}-{version}-py3-none-any.whl", zip_of(all_files), tuple(requires))


def sources(part: Path) -> list[Path]:
    """A file itself, or the files in a folder, without what Python left there; in order."""
    if part.is_file():
        return [part]
    return [
        path
        for path in sorted(part.rglob("*"))
        if path.is_file() and not set(LEFT_OUT) & set(path.parts)
    ]


def digest(data: bytes) -> str:
    """RECORD's hash: unpadded URL-safe base64 of SHA-256."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """A zip archive whose bytes depend on names and contents alone: no clock, no umask."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))  # zip's first day
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, wherever it was made
            archive.writestr(entry, data)
    return buffer.getvalue()
