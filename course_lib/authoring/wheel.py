"""Makes the students' wheel of course_lib: what a notebook needs, and nothing that grades.

A wheel is a zip archive with three small files about itself (PEP 427, PEP 376). Writing it here
takes no build tool and no network, and gives the same bytes every time.
"""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import course_lib

# The folders and files of course_lib that students get.
PARTS = (
    "__init__.py",
    "cli.py",
    "py.typed",
    "calls",
    "checks",
    "inference",
    "reference",
    "student",
)
LEFT_OUT = ("__pycache__",)


def students_wheel(project: Mapping[str, Any]) -> tuple[str, bytes]:
    """The wheel's file name and its bytes; `project` is pyproject.toml's table of that name.

    What is packed is the package that runs here, wherever the course's folder lies.
    """
    root = Path(course_lib.__file__).parent.parent
    name, version = str(project["name"]).replace("-", "_"), str(project["version"])
    about = f"{name}-{version}.dist-info"
    files = {
        str(path.relative_to(root)): path.read_bytes()
        for part in PARTS
        for path in sources(root / "course_lib" / part)
    }
    for path in sorted(root.glob("bank/*/mistakes/answers.npz")):  # so that mistakes are named
        topic = path.parts[-3].partition("_")[2]
        files[f"course_lib/checks/{topic}/{path.name}"] = path.read_bytes()
    scripts = "".join(f"{script} = {place}\n" for script, place in project["scripts"].items())
    files[f"{about}/METADATA"] = metadata(project).encode()
    files[f"{about}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: course\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    files[f"{about}/entry_points.txt"] = f"[console_scripts]\n{scripts}".encode()
    record = [f"{file},sha256={digest(data)},{len(data)}" for file, data in files.items()]
    files[f"{about}/RECORD"] = "\n".join([*record, f"{about}/RECORD,,", ""]).encode()
    return f"{name}-{version}-py3-none-any.whl", zip_of(files)


def sources(part: Path) -> list[Path]:
    """A file itself, or the files in a folder, without what Python left there; in order."""
    if part.is_file():
        return [part]
    return [
        path
        for path in sorted(part.rglob("*"))
        if path.is_file() and not set(LEFT_OUT) & set(path.parts)
    ]


def metadata(project: Mapping[str, Any]) -> str:
    """The package's description of itself, without the extras that students do not have."""
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {project['name']}",
        f"Version: {project['version']}",
        f"Summary: {project['description']}",
        f"Requires-Python: {project['requires-python']}",
        *(f"Requires-Dist: {dependency}" for dependency in project["dependencies"]),
    ]
    return "\n".join(lines) + "\n"


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
