"""The file with what a bank's mistakes answer, so that a mistake can be named at once.

    answered = load(Path("bank/00_worksheet/mistakes/answers.npz").read_bytes(), checks)
    answered["tf_log_like"].known.name(answers)       # Mistake(slug="mean_for_sum", …)

It holds, by exercise, the questions themselves, the answers of the solution and of each mistake,
and each mistake's sentence: nothing else is needed to name one. The same contents are the same
bytes.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.calls.answer import Argument, Call
from course_lib.checks.claims import Checks, Exercise
from course_lib.checks.mistakes import Known, Mistake, Signature

NAME = "answers.npz"
FORMAT = 1
PARTS = ("numbers", "labels", "kinds")


@dataclass(frozen=True)
class Answered:
    """One exercise's mistakes with their answers; `digest` is of what these depend on."""

    digest: str
    known: Known


def shipped(checks: Checks) -> dict[str, Answered]:
    """Those of an assignment, as installed with its claims, else of the course that this lies in.

    Read once for a process; empty where there are none.
    """
    if checks.assignment not in _SHIPPED:
        package = Path(__file__).parent
        topic = checks.assignment.partition("_")[2]
        course = package.parents[1] / "bank" / checks.assignment / "mistakes"
        places = [folder / NAME for folder in (package / topic, course)]
        data = next((place.read_bytes() for place in places if place.is_file()), b"")
        _SHIPPED[checks.assignment] = load(data, checks)
    return _SHIPPED[checks.assignment]


_SHIPPED: dict[str, dict[str, Answered]] = {}


def dump(answered: Iterable[Answered]) -> bytes:
    """The file's bytes."""
    about: dict[str, Any] = {"format": FORMAT, "exercises": {}}
    arrays: dict[str, np.ndarray] = {}
    for each in answered:
        known, name = each.known, each.known.exercise.name
        about["exercises"][name] = {
            "digest": each.digest,
            "questions": [
                [call.mode, [list(np.shape(argument)) for argument in call.arguments]]
                for call in known.calls
            ],
            "mistakes": [[m.slug, m.sentence, m.length] for m in known.mistakes],
        }
        asked = [np.ravel(argument) for call in known.calls for argument in call.arguments]
        arrays[f"{name}.asked"] = np.concatenate([np.empty(0), *asked])
        for part in PARTS:  # ``[calls, 1 + mistakes, …]``: equal answers lie side by side
            signatures = [known.solution, *known.of]
            arrays[f"{name}.{part}"] = np.stack([getattr(s, part) for s in signatures], axis=1)
    file = io.BytesIO()
    np.savez_compressed(file, about=np.array(json.dumps(about)), **arrays)  # type: ignore[arg-type]
    return file.getvalue()


def load(data: bytes, checks: Checks) -> dict[str, Answered]:
    """What `dump` wrote, by exercise; empty where the bytes are no such file."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            if about["format"] != FORMAT:
                return {}
            return {
                name: Answered(each["digest"], _known(checks.exercises[name], each, file))
                for name, each in about["exercises"].items()
                if name in checks.exercises
            }
    except (OSError, ValueError, KeyError, EOFError, IndexError, zipfile.BadZipFile):
        return {}


def _known(exercise: Exercise, about: Mapping[str, Any], file: Mapping[str, np.ndarray]) -> Known:
    asked = file[f"{exercise.name}.asked"]
    calls, start = [], 0
    for mode, shapes in about["questions"]:
        arguments: list[Argument] = []
        for shape in shapes:
            end = start + int(np.prod(shape))
            values = asked[start:end].reshape(shape)
            arguments.append(values if shape else float(values))
            start = end
        calls.append(_call(exercise, mode, arguments))
    stacked = [file[f"{exercise.name}.{part}"] for part in PARTS]
    signatures = [
        Signature(*(array[:, k] for array in stacked)) for k in range(len(about["mistakes"]) + 1)
    ]
    mistakes = [Mistake(*each) for each in about["mistakes"]]
    return Known(exercise, calls, signatures[0], mistakes, signatures[1:])


def _call(exercise: Exercise, mode: str, arguments: list[Argument]) -> Call:
    return exercise.gradient(*arguments) if mode == "gradient" else exercise.value(*arguments)
