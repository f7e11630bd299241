"""The verdict: what a grading run says about one submission, as one JSON file.

    write_verdict(root, verdict)                           # verdicts/05_hamiltonian/ada.json
    read_verdict(root, "05_hamiltonian", "ada")["earned"]  # 14.0

A file is written whole or not at all. A broken one is ignored, with a warning, so that the
next run makes it again. Numbers that JSON has no word for are written as "nan", "inf", "-inf".
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict, cast

import msgspec
import numpy as np

from course_lib.feedback.results import ExerciseReport
from course_lib.text import plain

FORMAT = 1
TEXT_LIMIT = 10_000  # characters of any one text in `checks`, `notices` and `remarks`

CellStatus = Literal["ok", "error", "timeout", "skipped"]


class CellResult(TypedDict):
    """What running one cell showed: `outputs` are notebook outputs, already cleaned."""

    status: CellStatus
    outputs: list[dict[str, Any]]


class Verdict(TypedDict):
    """Everything that leaves a grading run. `status` is "graded", or what stopped it."""

    format: int
    assignment: str
    student: str  # the id; `name` is what people call them
    notebook: str
    seed: int
    isolation: list[str]
    earned: float
    possible: float
    cpu_seconds: float
    wall_seconds: float
    content_hash: str
    checks: list[ExerciseReport]
    name: NotRequired[str]
    notebooks: NotRequired[list[str]]  # of an assignment that has several
    key: NotRequired[str]
    check_keys: NotRequired[dict[str, str]]  # for each exercise, what its result depends on
    status: NotRequired[str]
    notices: NotRequired[list[str]]
    run_notices: NotRequired[list[str]]  # those of `notices` that running the cells gave
    remarks: NotRequired[list[str]]
    cells: NotRequired[dict[str, CellResult]]
    timings: NotRequired[dict[str, list[float]]]  # for each stage: wall, CPU seconds
    demonstrated: NotRequired[bool]  # whether `cells` has what the demonstrations showed


def name_in(verdict: Verdict) -> str:
    """The student's name, as people know it."""
    return verdict.get("name") or verdict["student"]


def verdict_path(root: Path | str, assignment: str, student: str) -> Path:
    """Where a verdict lies. Raises ValueError for names that are not one plain folder name."""
    for what, name in (("assignment", assignment), ("student", student)):
        if not name or name.startswith(".") or "/" in name or "\\" in name or "\0" in name:
            where = "submitted/" if what == "student" else "source/"
            raise ValueError(f"{what} {name!r} is not a folder name: rename it under {where}")
    return Path(root) / "verdicts" / assignment / f"{student}.json"


def write_verdict(root: Path | str, verdict: Verdict) -> Path:
    """Write a verdict, whole or not at all; an older one stays until the new one is on the disk.

    Raises OSError (a full disk, say) with the older verdict untouched, and ValueError where
    `verdict` is not one.
    """
    path = verdict_path(root, verdict["assignment"], verdict["student"])
    data = _as_stored(verdict)
    _validate(data, verdict["assignment"], verdict["student"])
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, _text(data).encode("utf-8", "replace"))
    return path


def as_json(verdict: Verdict) -> str:
    """A verdict as the text of its file."""
    return _text(_as_stored(verdict))


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=1, allow_nan=False, ensure_ascii=False) + "\n"


def digest(verdict: Verdict) -> str:
    """A name for all that a verdict says; the same before it is written and when it is read."""
    data = json.dumps(_as_stored(verdict), sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()


def exercise_in(remark: str) -> str:
    """Its first word: a remark on how an exercise was judged begins with that one's name."""
    return remark.split()[0].rstrip(":")


def read_verdict(root: Path | str, assignment: str, student: str) -> Verdict | None:
    """The stored verdict; None where there is none, or (with a warning) where it is broken."""
    path = verdict_path(root, assignment, student)
    try:
        data = json.loads(path.read_bytes())
        _validate(data, assignment, student)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        warnings.warn(
            f"{path.name} in verdicts/{assignment}/ is no verdict ({error}): it counts as none, "
            "and the next grading run writes it again",
            stacklevel=2,
        )
        return None
    return cast(Verdict, data)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a machine that stops, sees the old bytes or the new."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the new name too, not only the bytes
    finally:
        os.close(folder)


def _as_stored(verdict: Verdict) -> dict[str, Any]:
    data: dict[str, Any] = _jsonable({k: value for k, value in verdict.items() if k != "cells"})
    # cleaned already, with limits of their own
    return data | {"cells": _jsonable(verdict.get("cells", {}), limit=None)}


def _validate(data: Any, assignment: str, student: str) -> None:
    """Raise ValueError unless `data` is a verdict on this submission (msgspec's own is one)."""
    msgspec.convert(data, Verdict)
    if data["format"] != FORMAT:
        raise ValueError(f"format {data['format']!r}, not {FORMAT}")
    if (data["assignment"], data["student"]) != (assignment, student):
        raise ValueError(f"it is about {data['student']!r} and {data['assignment']!r}")
    _points(data["earned"], data["possible"], "earned")
    seen = set()
    for check in data["checks"]:
        _points(check["earned"], check["points"], check["exercise"])
        if check["exercise"] in seen:
            raise ValueError(f"{check['exercise']} is judged twice")
        seen.add(check["exercise"])


def _points(earned: float, points: float, what: str) -> None:
    if not (0 <= earned <= points and math.isfinite(points)):
        raise ValueError(f"{what}: {earned!r} of {points!r} points")


def _jsonable(value: Any, limit: int | None = TEXT_LIMIT) -> Any:
    """`value` in JSON's own types: arrays as lists, numbers without a word as text, text plain."""
    match value:
        case None | bool():
            return value
        case str():
            return value if limit is None else plain(value, limit)
        case np.ndarray() | np.generic():
            return _jsonable(value.tolist(), limit)
        case int():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case Mapping():
            return {str(key): _jsonable(item, limit) for key, item in value.items()}
        case list() | tuple():
            return [_jsonable(item, limit) for item in value]
    return plain(value, limit or TEXT_LIMIT)
