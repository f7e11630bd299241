"""What a grading run was asked for, and what has come of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course_lib.claims.stopwatch import Stopwatch

if TYPE_CHECKING:
    from pathlib import Path

    from course_lib.grading.verdict import Verdict

DONE, TROUBLE, INTERRUPTED = 0, 1, 130  # 130 is what shells give a command that Ctrl-C ended


@dataclass(frozen=True)
class Request:
    """What `course grade` was asked for; the defaults are the command's."""

    root: Path
    assignment: str
    students: tuple[str, ...] = ()
    jobs: int | None = None
    seed: int | None = None
    again: bool = False
    whole: bool = False
    unjailed: bool = False
    no_feedback: bool = False
    scheduler: str | None = None
    rerun_demos: bool = False
    timings: bool = False


@dataclass
class Run:
    """What has come of the run so far.

    troubles: who could not be written down, and why. fresh: those verdicts that this run made.
    renewed: whose points stayed, and what is shown of the hand-in had changed.
    """

    verdicts: list[Verdict] = field(default_factory=list)
    troubles: dict[str, str] = field(default_factory=dict)
    reused: int = 0
    renewed: list[str] = field(default_factory=list)
    stopped: str = ""
    fresh: list[Verdict] = field(default_factory=list)
    clock: Stopwatch = field(default_factory=Stopwatch)
