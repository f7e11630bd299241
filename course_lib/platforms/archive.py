"""The files of a zip or of a folder, of which nothing is trusted.

    with opened(Path("download.zip")) as archive:
        for file in archive.files:
            data = archive.read(file)
        archive.left_out                # sentences: what was not taken, and why

Nothing is unpacked to a disk: a name in an archive is only ever read as words. What could lead out
of the archive (`../`, `/etc`, links), is no ordinary file, is encrypted, is there twice or grows
too much is left out and named. So are archives in the archive.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course_lib.errors import CourseError
from course_lib.grading.submission.collect import FILE_LIMIT, read_once
from course_lib.grading.submission.misplaced_submissions import ARCHIVES
from course_lib.text import one_line

MOST_FILES = 20_000  # a class of 1000 with twenty files each
DIRECTORY_LIMIT = 8 * 1024**2  # bytes of a zip's list of contents: 400 for each of these
RATIO = 200  # times that a file may grow: text with repeated outputs grows 50 times, zeros 1000
FREE = 10 * 1024**2  # bytes to which a file may grow by any ratio
TOTAL_LIMIT = 8 * 1024**3  # bytes read in all: 1000 hand-ins of 8 MB
DEPTH = 12  # folders in folders
NAME = 120  # characters of a path that is shown
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others may ask for gigabytes to unpack
_SKIPPED = ("__MACOSX",)  # what macOS adds to a zip; hidden files and folders are skipped, too
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True)
class File:
    """One file. path: where it lies in the archive; key: its place in a zip's list."""

    path: PurePosixPath
    key: int = 0


class Archive:
    """What was found, in the order of its paths. left_out: a sentence for each thing that was not.

    Read a file with `read`, which raises Refused for one that is not what it said it is.
    """

    def __init__(self, source: Path) -> None:
        self.source = source
        self.files: list[File] = []
        self.left_out: list[str] = []
        self._read = 0

    def read(self, file: File) -> bytes:
        """The bytes of one file. Raises Refused, also where too much was read in all."""
        data = self._bytes(file)
        self._read += len(data)
        if self._read > TOTAL_LIMIT:
            raise CourseError(
                f"{self.source.name} holds more than {TOTAL_LIMIT // 1024**3} GB. "
                "Next: collect it in parts"
            )
        return data

    def _bytes(self, file: File) -> bytes:
        raise NotImplementedError

    def _take(self, found: list[tuple[str, File | str]]) -> None:
        """Sort what was found into files and what is left out, with the reason."""
        paths = Counter(file.path for _, file in found if isinstance(file, File))
        for shown, file in found:
            if isinstance(file, str):
                self.left_out.append(f"{shown}: {file}")
            elif paths[file.path] > 1:
                self.left_out.append(f"{shown}: its name is there {paths[file.path]} times")
            elif file.path.suffix.lower() in ARCHIVES:
                self.left_out.append(
                    f"{shown}: an archive in the archive is not opened. "
                    "Next: unpack it, and collect the folder"
                )
            else:
                self.files.append(file)
        self.files.sort(key=lambda file: file.path)


class Refused(CourseError):
    """One file of an archive that is not read; the message says why."""


@contextmanager
def opened(source: Path) -> Iterator[Archive]:
    """The archive or folder at `source`. Raises CourseError where it is neither, or too large."""
    if source.is_dir():
        yield Folder(source)
        return
    if not source.exists():
        raise CourseError(f"there is no {source}. Next: name the zip or folder that you downloaded")
    try:
        _refuse_long_directory(source)
        with zipfile.ZipFile(source) as packed:
            yield Zip(source, packed)
    except (zipfile.BadZipFile, struct.error, NotImplementedError) as error:
        raise CourseError(
            f"{source.name} is not a zip that can be read ({one_line(error)}). "
            "Next: download it again, or unpack it and name the folder"
        ) from None


class Folder(Archive):
    """A folder; links in it are not followed."""

    def __init__(self, source: Path) -> None:
        super().__init__(source)
        found: list[tuple[str, File | str]] = []
        for inside, folders, names in os.walk(source):
            here = Path(inside)
            links = [name for name in folders if (here / name).is_symlink()]
            inner = [name for name in folders if name not in links and not _skipped(name)]
            folders[:] = sorted(inner) if len(here.relative_to(source).parts) < DEPTH else []
            for name in sorted([*links, *names]):
                if _skipped(name):
                    continue
                if len(found) >= MOST_FILES:
                    raise CourseError(f"{source} holds more than {MOST_FILES} files")
                path = PurePosixPath((here / name).relative_to(source).as_posix())
                found.append((_shown(path), self._one(here / name, path)))
        self._take(found)

    def _one(self, place: Path, path: PurePosixPath) -> File | str:
        mode = place.lstat().st_mode
        if stat.S_ISLNK(mode):
            return "a link is not followed"
        return File(path) if stat.S_ISREG(mode) else "not an ordinary file"

    def _bytes(self, file: File) -> bytes:
        try:
            data = read_once(self.source / file.path)
        except OSError as error:
            raise Refused(f"{_shown(file.path)}: {error.strerror}") from None
        if len(data) > FILE_LIMIT:
            raise Refused(f"{_shown(file.path)}: larger than {FILE_LIMIT // 1024**2} MB")
        return data


class Zip(Archive):
    """A zip, read in place."""

    def __init__(self, source: Path, packed: zipfile.ZipFile) -> None:
        super().__init__(source)
        self._packed, self._infos = packed, packed.infolist()
        if len(self._infos) > MOST_FILES:
            raise CourseError(
                f"{source.name} lists {len(self._infos)} files, more than {MOST_FILES}: "
                "nothing was read"
            )
        found = []
        for key, info in enumerate(self._infos):
            path = PurePosixPath(info.filename.replace("\\", "/"))
            if not info.is_dir() and not any(map(_skipped, path.parts)):
                found.append((_shown(info.orig_filename), self._one(info, path, key)))
        self._take(found)

    def _one(self, info: zipfile.ZipInfo, path: PurePosixPath, key: int) -> File | str:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if path.is_absolute() or ".." in path.parts or _DRIVE.match(str(path)):
            return "its name leads out of the archive"
        control = any(ord(sign) < 32 for sign in info.orig_filename)
        if control or not 0 < len(path.parts) <= DEPTH:
            return "its name cannot be used"
        if kind == stat.S_IFLNK:
            return "a link is not followed"
        if kind not in (0, stat.S_IFREG):
            return "not an ordinary file"
        if info.flag_bits & 1:
            return "encrypted. Next: unpack it, and collect the folder"
        if info.compress_type not in PACKED:
            return "packed in a way that is not read. Next: unpack it, and collect the folder"
        return File(path, key)

    def _bytes(self, file: File) -> bytes:
        info = self._infos[file.key]
        most = min(FILE_LIMIT, max(FREE, RATIO * info.compress_size))
        try:
            with self._packed.open(info) as stream:
                data = stream.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
            raise Refused(f"{_shown(file.path)}: damaged ({one_line(error)})") from None
        if len(data) > most:
            raise Refused(
                f"{_shown(file.path)}: grows more than {RATIO} times, or past "
                f"{FILE_LIMIT // 1024**2} MB, when it is unpacked"
            )
        return data


def _skipped(name: str) -> bool:
    return (name.startswith(".") and name != "..") or name in _SKIPPED


def _shown(path: object) -> str:
    return one_line(os.fsencode(str(path)).decode("utf-8", "replace"), NAME)


def _refuse_long_directory(source: Path) -> None:
    """Look at how long a zip's list of contents is before it is read. Raises CourseError.

    Source: PKWARE APPNOTE 4.3.14 to 4.3.16, the end of central directory record and its zip64 form.
    """
    with source.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        start = max(0, size - 65_557 - 20)  # the record, its comment, and zip64's locator before it
        file.seek(start)
        tail = file.read()
        end = tail.rfind(b"PK\x05\x06")
        if end < 0 or len(tail) < end + 22:
            return  # not a zip, which zipfile says
        length = struct.unpack("<L", tail[end + 12 : end + 16])[0]
        if tail[max(end - 20, 0) : end].startswith(b"PK\x06\x07"):
            place = struct.unpack("<Q", tail[end - 12 : end - 4])[0]
            file.seek(min(place, size))
            record = file.read(56)
            if record.startswith(b"PK\x06\x06") and len(record) == 56:
                length = struct.unpack("<Q", record[40:48])[0]
    if length > DIRECTORY_LIMIT:
        raise CourseError(
            f"{source.name} lists more files than any class hands in ({length:,} bytes of names): "
            "nothing was read"
        )
