"""What is to be written where, and the writing: `submitted/STUDENT/NN_topic/`.

    plan = make_plan(root, "01_pendulum", "pendulum", archive, roster)
    for hand_in in plan.hand_ins: ...           # who becomes whom, and what is done about it
    write(hand_in, plan, archive)               # one student's, whole or not at all

An older hand-in never takes the place of a newer one. Where nothing tells which of two is newer,
what is there stays, until somebody says `--replace`.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Literal
from zoneinfo import ZoneInfo

from nbgrader.utils import parse_utc

from course_lib.authoring.beside import swap
from course_lib.errors import CourseError
from course_lib.grading.nbgrader.exchange import STAMP, time_stamp
from course_lib.grading.submission.candidates import is_automatic, is_notebook
from course_lib.grading.submission.collect import FILE_LIMIT, read_once
from course_lib.grading.submission.hand_in_folders import on_disk
from course_lib.grading.submission.student_ids import student_id
from course_lib.platforms.archive import Archive, File, Refused
from course_lib.platforms.collected import Collected, read_collected
from course_lib.platforms.formats import Sender, Sent, canvas_attachment, read_format
from course_lib.platforms.matching import match
from course_lib.platforms.roster import Person

Action = Literal[
    "new", "newer", "timed", "same", "older", "unclear", "replaced", "nobody", "refused"
]
WRITTEN = ("new", "newer", "timed", "replaced")
TO_SETTLE = ("unclear", "nobody", "refused")
LIMIT = 2 * FILE_LIMIT  # bytes of one hand-in
MOST = 30  # files of one hand-in that are taken: notebooks, and modules beside them


@dataclass
class HandIn:
    """What one sender handed in. files: what each is to be called. why: of what is not written."""

    sender: Sender
    student: str
    action: Action
    why: str = ""
    files: dict[str, File] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    time: datetime | None = None
    digest: str = ""

    @property
    def notebook(self) -> File | None:
        """The file by which a platform knows the hand-in."""
        return next((file for name, file in self.files.items() if is_notebook(name, "")), None)


@dataclass
class Plan:
    """All hand-ins of an archive. missing: who is on the roster and has handed in nothing."""

    root: Path
    assignment: str
    platform: str
    hand_ins: list[HandIn]
    missing: list[Person]
    strangers: list[str]


def make_plan(
    root: Path,
    assignment: str,
    notebook: str,
    archive: Archive,
    roster: Sequence[Person] | None = None,
    platform: str | None = None,
    replace: Sequence[str] = (),
    zone: ZoneInfo | None = None,
) -> Plan:
    """Who handed in what, and what is to be done; writes nothing.

    notebook: what a hand-in's notebook is called, without `.ipynb`. replace: students whose
    hand-in is taken though nothing tells whether it is newer; "all" for everybody. zone: of the
    times in the roster.
    """
    platform, sent = read_format(archive, platform)
    theirs: dict[Sender, list[Sent]] = defaultdict(list)
    for each in sent:
        theirs[each.sender].append(each)
    matched = match(theirs, roster)
    earlier = read_collected(root, assignment)
    hand_ins = []
    for sender, files in theirs.items():
        who = matched[sender]
        hand_in = HandIn(sender, who.student, "nobody", who.why)
        hand_in.files, hand_in.others = _chosen(files, f"{notebook}.ipynb")
        hand_in.time = sender.time or (handed_in(who.person, zone) if who.person else None)
        if not hand_in.files:
            hand_in.action, hand_in.why = "refused", "no notebook in it"
        elif hand_in.student:
            folder = place_of(root, hand_in.student, assignment)
            may_replace = "all" in replace or hand_in.student in replace
            _decide(hand_in, folder, archive, earlier.get(hand_in.student), may_replace)
        hand_ins.append(hand_in)
    known = {each.file.path for each in sent}
    notebooks = [file.path for file in archive.files if is_notebook(file.path.name, "")]
    return Plan(
        root,
        assignment,
        platform,
        sorted(hand_ins, key=lambda each: (each.student.casefold(), each.sender.label)),
        _missing(root, assignment, roster or (), hand_ins),
        [str(path) for path in notebooks if path not in known],
    )


def handed_in(person: Person, zone: ZoneInfo | None) -> datetime | None:
    """When Moodle's worksheet says that somebody handed in (UTC).

    zone: the one in which Moodle shows times, which the worksheet does not tell; None: no time.
    """
    text = person.row.get("Last modified (submission)", "").strip(" -")
    if not text or zone is None:
        return None
    try:  # parse_utc leaves a time without a zone as it is
        return parse_utc(text).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _chosen(files: list[Sent], wanted: str) -> tuple[dict[str, File], list[str]]:
    """The files of a hand-in by the name that each gets, and the paths that are left out.

    Those of one folder: the one with a notebook of the right name, else the first with any.
    """
    notebooks = [each for each in files if is_notebook(each.path.name, wanted)]
    mine = [each for each in notebooks if not is_automatic(each.path.name)]
    if not mine:
        return {}, [str(each.path) for each in files]
    best = min(mine, key=lambda one: (one.path.name != wanted, len(one.path.parts), one.path))
    here = [
        each
        for each in files
        if each.path.parent == best.path.parent and (each in mine or each.path.suffix == ".py")
    ]
    here.sort(key=lambda each: (each is not best, each.path))
    alone = sum(each in mine for each in here) == 1
    chosen: dict[str, File] = {}
    for each in here[:MOST]:
        name = wanted if alone and each is best else _plain_name(each.path)
        if name not in chosen:
            chosen[name] = each.file
    taken = set(chosen.values())
    return chosen, [str(each.path) for each in files if each.file not in taken]


def _plain_name(path: PurePosixPath) -> str:
    """A file's name, short enough for every disk, and no hidden one."""
    return path.name.lstrip(".").encode()[-200:].decode("utf-8", "ignore") or "unnamed"


def _decide(
    hand_in: HandIn,
    folder: Path,
    archive: Archive,
    before: Collected | None,
    may_replace: bool,
) -> None:
    """Compare a hand-in with what is in its place, and say what is to be done about it.

    before: what was collected there.
    """
    try:
        data = _read(hand_in, archive)
    except Refused as error:
        hand_in.action, hand_in.why = "refused", str(error)
        return
    main = next(iter(data))
    hand_in.digest = hashlib.sha256(data[main]).hexdigest()
    if folder.is_symlink() or folder.parent.is_symlink():
        hand_in.action, hand_in.why = "refused", f"{folder} is a link, which is not followed"
    elif not folder.exists():
        hand_in.action = "new"
    elif all(_there(folder, name) == text for name, text in data.items()):
        hand_in.action = "timed" if hand_in.time and not time_stamp(folder) else "same"
    elif (newer := _is_newer(hand_in, folder, before)) is not None:
        hand_in.action = "newer" if newer else "older"
    elif may_replace:
        hand_in.action = "replaced"
    else:
        hand_in.action = "unclear"
        hand_in.why = "another hand-in is there, and nothing tells which one is newer"


def _read(hand_in: HandIn, archive: Archive) -> dict[str, bytes]:
    """The files of a hand-in, the notebook by which it is known first. Raises Refused."""
    data: dict[str, bytes] = {}
    for name, file in hand_in.files.items():
        data[name] = archive.read(file)
        if sum(map(len, data.values())) > LIMIT:
            raise Refused(f"its files are larger than {LIMIT // 1024**2} MB together")
    return data


def place_of(root: Path, student: str, assignment: str) -> Path:
    """Where a student's hand-in is, or is to be."""
    return on_disk(root / "submitted" / student / assignment)


def _is_newer(hand_in: HandIn, folder: Path, before: Collected | None) -> bool | None:
    """Whether it was handed in later than what is in `folder`; None where nothing tells."""
    stamp = time_stamp(folder)
    if stamp and hand_in.time:
        return bool(hand_in.time > parse_utc(stamp).replace(tzinfo=UTC))
    if before is not None and before.platform == "canvas" and hand_in.notebook is not None:
        then = canvas_attachment(PurePosixPath(before.path).name)
        now = canvas_attachment(hand_in.notebook.path.name)
        if then is not None and now is not None and then != now:
            return now > then
    return None


def _there(folder: Path, name: str) -> bytes | None:
    try:
        return read_once(folder / name)
    except OSError:
        return None


def _missing(
    root: Path, assignment: str, roster: Sequence[Person], hand_ins: list[HandIn]
) -> list[Person]:
    here = {each.student for each in hand_ins if each.files}
    return [
        person
        for person in roster
        if (name := student_id(person.student)) not in here
        and not place_of(root, name, assignment).exists()
    ]


def write(hand_in: HandIn, plan: Plan, archive: Archive) -> Collected:
    """Write one hand-in beside its place and swap it in; what stood there stays until then.

    Raises Refused where a file is not what it said, and CourseError where the disk does not take
    it; what was there is as it was.
    """
    folder = place_of(plan.root, hand_in.student, plan.assignment)
    beside = folder.with_name(f".{folder.name}.new")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        for name, data in _read(hand_in, archive).items():
            (beside / name).write_bytes(data)
        if hand_in.time is not None:
            (beside / STAMP).write_text(f"{hand_in.time:%Y-%m-%d %H:%M:%S} UTC\n", "utf-8")
        swap(beside, folder)
    except OSError as error:
        raise CourseError(f"submitted/{hand_in.student} is not written: {error.strerror}") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if folder.parent.is_dir() and not any(folder.parent.iterdir()):
            folder.parent.rmdir()
    return remembered(hand_in, plan.platform)


def remembered(hand_in: HandIn, platform: str) -> Collected:
    """What is kept of a hand-in for the way back."""
    file = hand_in.notebook
    return Collected(
        platform,
        hand_in.sender.label,
        str(file.path) if file else "",
        hand_in.sender.name,
        hand_in.sender.keys,
        f"{hand_in.time:%Y-%m-%d %H:%M:%S} UTC" if hand_in.time else "",
        hand_in.digest,
    )
