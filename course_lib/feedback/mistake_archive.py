"""The file with what a bank's mistakes answer, so that a mistake can be named at once.

    answered = load((folder / "mistakes" / "answers.npz").read_bytes(), assignment)
    answered["leapfrog"].known.names(answers, truth)  # (KnownMistake(slug="one_step_short", …),)

It holds, by exercise, the questions themselves, the answers of the solution, of each mistake and of
the truth, and each mistake's sentence: nothing else is needed to name one. The same contents are
the same bytes.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_lib.claims.assignment import Assignment
from course_lib.claims.exercise import Exercise
from course_lib.digest import short
from course_lib.feedback.mistake_matching import KnownMistake, KnownMistakes
from course_lib.feedback.probe_inputs import candidates
from course_lib.feedback.signature import Signature
from course_lib.protocol.questions import Question
from course_lib.protocol.values import Callback, as_argument
from course_lib.protocol.wire import GarbledError, decode_question, encode_question

NAME = "answers.npz"
FOLDER = "mistakes"  # in an assignment's folder
FORMAT = 3
PARTS = ("numbers", "labels", "kinds")


@dataclass(frozen=True)
class Answered:
    """One exercise's mistakes with their answers; `digest` is of what these depend on."""

    digest: str
    known: KnownMistakes


def shipped(assignment: Assignment) -> dict[str, Answered]:
    """Those of an assignment, as they lie in its folder; empty where there are none.

    Read once for a process.
    """
    places = (assignment.folder / FOLDER / NAME, assignment.folder / NAME)
    place = next((path for path in places if path.is_file()), None)
    if place is None:
        return {}
    key = (str(place), place.stat().st_mtime_ns)
    if key not in _SHIPPED:
        _SHIPPED[key] = load(place.read_bytes(), assignment)
    return _SHIPPED[key]


_SHIPPED: dict[tuple[str, int], dict[str, Answered]] = {}


def dump(answered: Iterable[Answered]) -> bytes:
    """The file's bytes."""
    about: dict[str, Any] = {"format": FORMAT, "exercises": {}}
    arrays: dict[str, np.ndarray] = {}
    for each in answered:
        known, name = each.known, each.known.exercise.name
        keys: list[str] = []

        def number(callback: Callback, keys: list[str] = keys) -> int:
            name = short(callback.key)
            keys += [] if name in keys else [name]
            return keys.index(name)

        asked = [encode_question(question, 0, number) for question in known.questions]
        about["exercises"][name] = {
            "digest": each.digest,
            "questions": [len(body) for body in asked],
            "mistakes": [[m.slug, m.sentence, m.length] for m in known.mistakes],
        }
        if keys:
            about["exercises"][name]["callbacks"] = keys
        arrays[f"{name}.asked"] = np.frombuffer(b"".join(asked), dtype=np.uint8)
        arrays[f"{name}.noise"] = known.noise
        for part in PARTS:  # ``[questions, 2 + mistakes, …]``: equal answers lie side by side
            signatures = [known.truth, known.solution, *known.of]
            arrays[f"{name}.{part}"] = np.stack([getattr(s, part) for s in signatures], axis=1)
    file = io.BytesIO()
    np.savez_compressed(file, about=np.array(json.dumps(about)), **arrays)  # type: ignore[arg-type]
    return file.getvalue()


def load(data: bytes, assignment: Assignment) -> dict[str, Answered]:
    """What `dump` wrote, by exercise; empty where the bytes are not such a file."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            if about["format"] != FORMAT:
                return {}
            found = {}
            for name, each in about["exercises"].items():
                if name in assignment.exercises:
                    exercise = assignment.exercises[name]
                    callbacks = _callbacks(assignment, name) if each.get("callbacks") else {}
                    with contextlib.suppress(_NotThere):
                        known = _known(exercise, each, file, callbacks)
                        found[name] = Answered(each["digest"], known)
            return found
    except (OSError, ValueError, KeyError, EOFError, IndexError, zipfile.BadZipFile, GarbledError):
        return {}


def _as_asked(question: Question) -> Question:
    """A decoded question with its arguments as a claim gives them: arrays, and Python's numbers."""
    steps = tuple(
        replace(step, arguments=tuple(map(as_argument, step.arguments))) for step in question.steps
    )
    return replace(question, steps=steps)


class _NotThere(Exception):
    """A question has a callback that the assignment's claims do not make any more."""


@functools.lru_cache(maxsize=64)
def _callbacks(assignment: Assignment, exercise: str) -> Mapping[str, Callback]:
    """The callbacks of an exercise's `candidates`, which are drawn again; none without truths."""
    if assignment.record is not None:
        return {}
    return {
        short(argument.key): argument
        for question in candidates(assignment, assignment.exercises[exercise])
        for step in question.steps
        for argument in step.arguments
        if isinstance(argument, Callback)
    }


def _known(
    exercise: Exercise,
    about: Mapping[str, Any],
    file: Mapping[str, np.ndarray],
    callbacks: Mapping[str, Callback],
) -> KnownMistakes:
    def callback(number: int) -> Callback:
        name = about["callbacks"][number]
        if name not in callbacks:
            raise _NotThere
        return callbacks[name]

    name = exercise.name
    bodies, start = file[f"{name}.asked"].tobytes(), 0
    questions = []
    for length in about["questions"]:
        questions.append(_as_asked(decode_question(bodies[start : start + length], callback)[1]))
        start += length
    stacked = [file[f"{name}.{part}"] for part in PARTS]
    truth, solution, *of = (
        Signature(*(array[:, k] for array in stacked)) for k in range(len(about["mistakes"]) + 2)
    )
    mistakes = [KnownMistake(*each) for each in about["mistakes"]]
    return KnownMistakes(exercise, questions, solution, mistakes, of, truth, file[f"{name}.noise"])
