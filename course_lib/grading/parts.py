"""An assignment with several notebooks has one verdict, made of one for each notebook.

    whole = joined([verdict_on_problem1, verdict_on_problem2], submission.content_hash)
    whole["notebooks"]                        # ["problem1", "problem2"]
    whole["checks"][0]["exercise"]            # "problem1/squares"
    part_of(whole, "problem1")["checks"]      # … and there it is "squares"

With one notebook nothing is joined, and names stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from course_lib.feedback.results import ExerciseReport
from course_lib.grading.verdict import Verdict
from course_lib.notebook.submission import Submission

BETWEEN = "/"  # a notebook's name and what is in it; no file's name has one


def name_in(notebook: str, name: str) -> str:
    """What an exercise or a cell of one of several notebooks is called in the verdict."""
    return f"{notebook}{BETWEEN}{name}"


def in_notebook(notebook: str, sentence: str) -> str:
    """A sentence about one of several notebooks."""
    return f"{notebook}: {sentence}"


def joined(parts: Sequence[Verdict], content_hash: str) -> Verdict:
    """One verdict of several, each on one notebook of the same hand-in; that of the whole."""
    first = parts[0]
    checks = [
        cast("ExerciseReport", {**check, "exercise": name_in(part["notebook"], check["exercise"])})
        for part in parts
        for check in part["checks"]
    ]
    timings: dict[str, list[float]] = {}
    for part in parts:
        for stage, used in part.get("timings", {}).items():
            before = timings.get(stage, [0.0, 0.0])
            timings[stage] = [round(a + b, 4) for a, b in zip(before, used, strict=True)]
    graded = any(part.get("status") == "graded" for part in parts)
    whole: Verdict = {
        **first,
        "notebooks": [part["notebook"] for part in parts],
        "earned": round(sum(part["earned"] for part in parts), 6),
        "possible": round(sum(part["possible"] for part in parts), 6),
        "cpu_seconds": round(sum(part["cpu_seconds"] for part in parts), 4),
        "wall_seconds": round(sum(part["wall_seconds"] for part in parts), 4),
        "isolation": min((part["isolation"] for part in parts), key=len),
        "content_hash": content_hash,
        "status": "graded" if graded else first.get("status", "graded"),
        "checks": checks,
        "notices": _said(parts, "notices"),
        "run_notices": _said(parts, "run_notices"),
        "remarks": _said(parts, "remarks"),
        "cells": {
            name_in(part["notebook"], id_): cell
            for part in parts
            for id_, cell in part.get("cells", {}).items()
        },
        "timings": timings,
    }
    return whole


def said_of(submission: Submission, what: str) -> list[str]:
    """The notices, or the remarks, on a hand-in, as its verdict has them."""
    if not submission.more:
        return list(getattr(submission, what))
    return [
        in_notebook(part.notebook, line)
        for part in submission.parts
        for line in getattr(part, what)
    ]


def part_of(verdict: Verdict, notebook: str) -> Verdict:
    """What a verdict says of one notebook; the verdict itself where the assignment has one."""
    if "notebooks" not in verdict:
        return verdict
    start = name_in(notebook, "")
    checks = [
        cast("ExerciseReport", {**check, "exercise": check["exercise"].removeprefix(start)})
        for check in verdict["checks"]
        if check["exercise"].startswith(start)
    ]
    cells = {
        id_.removeprefix(start): cell
        for id_, cell in verdict.get("cells", {}).items()
        if id_.startswith(start)
    }
    named = in_notebook(notebook, "")
    lines = [line for line in verdict.get("run_notices", []) if line.startswith(named)]
    return {
        **verdict,
        "notebook": notebook,
        "checks": checks,
        "cells": cells,
        "run_notices": [line.removeprefix(named) for line in lines],
    }


def _said(parts: Sequence[Verdict], what: str) -> list[str]:
    """The sentences of all parts, each with its notebook's name in front of it.

    A sentence that begins with an exercise begins with its name in the verdict.
    """
    lines: list[str] = []
    for part in parts:
        exercises = {check["exercise"] for check in part["checks"]}
        for line in cast("list[str]", part.get(what, [])):
            about = line.split(" ", 1)[0].rstrip(":") in exercises
            lines.append((name_in if about else in_notebook)(part["notebook"], line))
    return lines
