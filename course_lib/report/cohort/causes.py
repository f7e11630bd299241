"""Why one student lost points in one exercise: one cause, so that those of a class can be counted.

>>> cause_of({"exercise": "mean", "earned": 0, "points": 1, "status": "missing", "claims": []}).kind
'missing'

A cause is a known mistake by its name, where the grader found one; else the sentence that the
student read; else what happened. The causes of a class add up to all points that it lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from course_lib.text import one_line

Kind = Literal[
    "known", "said", "claim", "error", "timeout", "crashed", "missing", "built on", "ungraded"
]
# Those that an exercise has by itself, and that a lecture can do something about.
OWN: tuple[Kind, ...] = ("known", "said", "claim", "error", "timeout", "crashed")
WORDS: dict[Kind, str] = {
    "known": "a known mistake",
    "said": "a mistake that the bank has not",
    "claim": "a claim that does not hold",
    "error": "stops with an error",
    "timeout": "takes too long",
    "crashed": "ends its process",
    "missing": "not there, or not written yet",
    "built on": "built on an exercise that is not right yet",
    "ungraded": "not graded: the course's own checks failed",
}
SENTENCE = 300  # characters of a sentence in a table
_RAISED = re.compile(r"\b([A-Z]\w*(?:Error|Exception|Interrupt|Exit|Iteration))\b")
_NUMBER = re.compile(r"[-+]?\d[\d.,]*(?:e[-+]?\d+)?")

Check = Mapping[str, Any]  # an entry of a verdict's `checks`


@dataclass(frozen=True)
class Cause:
    """Why points were lost. name: equal where the cause is; sentence: what the student read."""

    exercise: str
    kind: Kind
    name: str
    sentence: str

    @property
    def key(self) -> tuple[str, str, str]:
        """The same for all students who lost points for one reason."""
        return self.exercise, self.kind, self.name


def cause_of(check: Check) -> Cause | None:
    """Why points of this exercise are lost; None where none are."""
    if check["earned"] >= check["points"]:
        return None
    kind, name, sentence = _cause(check)
    return Cause(check["exercise"], kind, name, one_line(sentence, SENTENCE))


def _cause(check: Check) -> tuple[Kind, str, str]:
    status, message = check["status"], check.get("message") or ""
    failed = [claim for claim in check["claims"] if not claim["passed"]]
    if status == "ungraded":
        return "ungraded", "", message
    if status == "missing":
        return "missing", "", message or "Nothing is written yet."
    said = next((claim["message"] for claim in failed if claim.get("message")), "")
    sentence = said.partition("\n")[0]
    for claim in failed:
        if claim.get("mistake"):
            return "known", claim["mistake"], sentence
    if check.get("built_on"):
        return "built on", "", message.partition("\n")[0]
    if status == "timeout":
        return "timeout", "", sentence or "The function took too long."
    if status == "crashed":
        return "crashed", "", sentence or "The process ended before it could answer."
    if status == "error":
        raised = _RAISED.search(said)
        return "error", raised[1] if raised else "", sentence or "It stops with an error."
    if sentence:
        return "said", _NUMBER.sub("#", sentence), sentence
    if failed:
        held = failed[0].get("sentence") or failed[0]["claim"].replace("_", " ")
        return "claim", failed[0]["claim"], f"This does not hold: {held}"
    return "claim", "", "Points are missing, and no claim says why."
