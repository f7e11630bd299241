"""Who sent which file: the way in which each learning platform names files on "download all".

    platform, sent = read_format(archive)       # "moodle", [Sent(sender, file, "worksheet.ipynb")]

A platform is recognised by its names; where several would do, the one that explains most notebooks
is taken, the most particular one first. Brackets name the source that a format was read in; the
others are as people's downloads have them, and none was tried on a live platform:

moodle     `Ada Lovelace_12345_assignsubmission_file_/x.ipynb`, from 4.1 without the last `_`, or
           flat, `…_file_x.ipynb`; the number is the participant's, new in each assignment
           (mod/assign/classes/downloader.php, mod/assign/feedback/file/importziplib.php)
canvas     `lovelaceada_LATE_123_456_x.ipynb`: sortable name, user, attachment
           (app/models/content_zipper.rb; `infer_comment_context_from_filename`)
ilias      `Lovelace_Ada_ada_289/x.ipynb`: last name, first name, login, user; perhaps `Team 5/`
           before it (ilExSubmission::getDirectoryNameFromUserData)
gradescope `submission_123/x.ipynb`, and who that is in `submission_metadata.yml`
google     `Ada Lovelace - Worksheet.ipynb`, Classroom's "make a copy for each student" in Drive
github     `pendulum-submissions/pendulum-ada/x.ipynb`, as `gh classroom clone student-repos` and
           Classroom's download name them: assignment and user name
folder     `lovelace_ada.ipynb`, or a folder of that name: whatever people call each other

Only Gradescope's says when something was handed in. The times of the files in a zip are those of
the download (Moodle, Canvas, newer ILIAS), so they are not used.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from course_lib.errors import CourseError
from course_lib.grading.submission.candidates import is_notebook
from course_lib.platforms.archive import Archive, File

METADATA = "submission_metadata.yml"
Key = tuple[str, str]  # what kind of name, and the name: ("login", "ada")


@dataclass(frozen=True)
class Sender:
    """Whom a platform says that files are from.

    label: what stands in the archive for them; two senders have two. name: as people write it.
    keys: other names, the one that tells most first. time: when it was handed in (UTC).
    """

    label: str
    name: str = ""
    keys: tuple[Key, ...] = ()
    time: datetime | None = None


@dataclass(frozen=True)
class Sent:
    """One file, its sender, and its path without what the platform put before it."""

    sender: Sender
    file: File
    path: PurePosixPath


Reader = Callable[[Archive], list[Sent]]


def read_format(archive: Archive, platform: str | None = None) -> tuple[str, list[Sent]]:
    """The platform that an archive is from, and who sent what.

    platform: read it as this one's. Raises CourseError where there is no notebook in it.
    """
    if not any(is_notebook(file.path.name, "") for file in archive.files):
        raise CourseError(
            f"no notebook in {archive.source.name}" + _among(archive) + ". Next: name the zip or "
            "folder with everybody's hand-ins for one assignment"
        )
    if platform is not None:
        sent = FORMATS[platform](archive)
        if not sent:
            raise CourseError(f"{archive.source.name} has no file as {platform} names them")
        return platform, sent
    read = {name: reader(archive) for name, reader in FORMATS.items()}
    best = max(read, key=lambda name: _notebooks(read[name]))  # of equals, the first
    return best, read[best]


def _among(archive: Archive) -> str:
    return f" ({'; '.join(archive.left_out[:3])})" if archive.left_out else ""


def _notebooks(sent: Iterable[Sent]) -> int:
    return sum(is_notebook(each.file.path.name, "") for each in sent)


# A name has no underscore: Moodle makes each a space before it adds its own.
_MOODLE = re.compile(r"(?P<name>[^_]+)_(?P<id>\d+)_assignsubmission_file(?:_(?P<file>.*))?")


def _moodle(archive: Archive) -> list[Sent]:
    sent = []
    for file in archive.files:
        for place, part in enumerate(file.path.parts):
            if found := _MOODLE.fullmatch(part):
                below = [found["file"] or "", *file.path.parts[place + 1 :]]
                path = PurePosixPath(*filter(None, below))
                label = f"{found['name']}_{found['id']}_assignsubmission_file"
                # "Participant": where names are hidden from whoever grades (blind marking)
                hidden = found["name"].casefold() == "participant"
                sender = Sender(label, "" if hidden else found["name"], (("moodle", found["id"]),))
                sent += [Sent(sender, file, path)] if path.name else []
                break
    return sent


_CANVAS = re.compile(
    r"(?P<name>[^_]+)_(?P<late>LATE_|late_)?(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)"
)


def _canvas(archive: Archive) -> list[Sent]:
    sent = []
    for file in archive.files:
        if found := _CANVAS.fullmatch(file.path.name):
            # "anon_123_…" where names are hidden
            name = "" if re.fullmatch(r"anon(ymous)?", found["name"]) else found["name"]
            sender = Sender(f"{found['name']}_{found['user']}", name, (("canvas", found["user"]),))
            # Canvas numbers a file of the same name that is handed in again: worksheet-1.ipynb
            sent.append(Sent(sender, file, PurePosixPath(found["file"])))
    return sent


def canvas_attachment(name: str) -> int | None:
    """The number of a file on Canvas: of two, the one handed in later has the larger one."""
    found = _CANVAS.fullmatch(name)
    return int(found["attachment"]) if found else None


_ILIAS = re.compile(r"(?P<last>[^_]+)_(?P<first>[^_]+)_(?P<login>.+)_(?P<id>\d+)")


def _ilias(archive: Archive) -> list[Sent]:
    sent = []
    for file in archive.files:
        for place, part in enumerate(file.path.parts[:-1]):
            if found := _ILIAS.fullmatch(part):
                if _MOODLE.fullmatch(part):
                    break
                keys = (("login", found["login"]), ("ilias", found["id"]))
                sender = Sender(part, f"{found['first']} {found['last']}", keys)
                sent.append(Sent(sender, file, PurePosixPath(*file.path.parts[place + 1 :])))
                break
    return sent


def _gradescope(archive: Archive) -> list[Sent]:
    metadata = [file for file in archive.files if file.path.name == METADATA]
    if len(metadata) != 1:
        return []
    people = _submitters(archive.read(metadata[0]))
    above = metadata[0].path.parent
    sent = []
    for file in archive.files:
        if file.path.is_relative_to(above) and file is not metadata[0]:
            label, *rest = file.path.relative_to(above).parts
            for sender in people.get(label, []):
                path = PurePosixPath(*rest) if rest else PurePosixPath(label)
                sent.append(Sent(sender, file, path))
    return sent


def _submitters(data: bytes) -> dict[str, list[Sender]]:
    """By the name of a submission's folder or file: everybody who handed it in."""
    import yaml

    class Loader(yaml.CSafeLoader):
        """Reads text, numbers and times; a tag of Ruby's, in a result, as nothing."""

    Loader.add_multi_constructor("", lambda loader, suffix, node: None)
    try:
        found = yaml.load(data, Loader)  # a safe loader, made above
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CourseError(f"{METADATA} cannot be read: {error}") from None
    people: dict[str, list[Sender]] = {}
    for label, about in (found if isinstance(found, dict) else {}).items():
        if not isinstance(about, dict):
            continue
        time = about.get(":created_at")
        time = time.astimezone(UTC) if isinstance(time, datetime) and time.tzinfo else None
        for one in _listed(about.get(":submitters")):
            keys = [("sid", one.get(":sid")), ("email", one.get(":email"))]
            names = tuple((kind, str(name)) for kind, name in keys if name)
            who = names[0][1] if names else str(one.get(":name") or "")
            people.setdefault(str(label), []).append(
                Sender(f"{label} {who}".strip(), str(one.get(":name") or ""), names, time)
            )
    return people


def _listed(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


_GOOGLE = re.compile(r"(?P<name>.+?) - (?P<title>.+?)(?: ?\(\d+\))?(?P<suffix>\.[^.]+)")


def _google(archive: Archive) -> list[Sent]:
    sent = []
    for file in archive.files:
        if found := _GOOGLE.fullmatch(file.path.name):
            path = PurePosixPath(found["title"] + found["suffix"])
            sent.append(Sent(Sender(found["name"], found["name"]), file, path))
    return sent


def _github(archive: Archive) -> list[Sent]:
    top = [file.path.parts[0] for file in archive.files if len(file.path.parts) > 1]
    within = archive.source.stem
    start = 0
    if len(set(top)) == 1 and top[0].endswith("-submissions"):
        start, within = 1, top[0]
    repositories = {f.path.parts[start] for f in archive.files if len(f.path.parts) > start + 1}
    prefix = within.removesuffix("-submissions") + "-"
    if not within.endswith("-submissions"):
        common = _beginning(repositories) if len(repositories) > 1 else ""
        prefix = common[: common.rfind("-") + 1]
    if not prefix.strip("-") or not repositories:
        return []
    sent = []
    for file in archive.files:
        if len(file.path.parts) > start + 1 and file.path.parts[start].startswith(prefix):
            user = file.path.parts[start].removeprefix(prefix)
            sender = Sender(user, "", (("github", user),))
            sent.append(Sent(sender, file, PurePosixPath(*file.path.parts[start + 1 :])))
    return [each for each in sent if each.sender.label]


def _beginning(names: Iterable[str]) -> str:
    """What all names begin with."""
    first, last = min(names), max(names)
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(sign for sign, _ in same)


def _folder(archive: Archive) -> list[Sent]:
    """One folder or one file a person; a folder around all of them is none."""
    deep = {file.path.parts[0] for file in archive.files if len(file.path.parts) > 1}
    flat = [f for f in archive.files if len(f.path.parts) == 1 and is_notebook(f.path.name, "")]
    people = {f.path.parts[1] for f in archive.files if len(f.path.parts) > 2}
    inside = [f for f in archive.files if len(f.path.parts) == 2 and is_notebook(f.path.name, "")]
    start = 1 if not flat and len(deep) == 1 and (people or len(inside) > 1) else 0
    sent = []
    for file in archive.files:
        rest = file.path.parts[start:]
        if not rest:
            continue
        if len(rest) == 1 and not is_notebook(rest[0], ""):
            continue  # a list of names, say: nobody's
        name = rest[0] if len(rest) > 1 else _stem(rest[0])
        path = PurePosixPath(*rest[1:]) if len(rest) > 1 else PurePosixPath(rest[0])
        sent.append(Sent(Sender(name, name.replace("_", " "), (("login", name),)), file, path))
    return sent


def _stem(name: str) -> str:
    """`lovelace_ada (1).ipynb` → `lovelace_ada`."""
    return re.sub(r"( ?\(\d+\)|-Copy\d+)$", "", re.sub(r"\.ipynb.*$", "", name, flags=re.I))


FORMATS: dict[str, Reader] = {
    "gradescope": _gradescope,
    "moodle": _moodle,
    "canvas": _canvas,
    "ilias": _ilias,
    "google": _google,
    "github": _github,
    "folder": _folder,
}
