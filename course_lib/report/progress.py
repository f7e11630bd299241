"""How far a grading run is: a bar in a terminal, a line for each submission elsewhere.

    with progress(console, ["ada", "bo"], jobs=2) as advance:
        advance("ada", "18/18")

Where nothing has come for a while, it says whom it is waiting for.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn
from rich.text import Text

from course_lib.grading.time_limits import TimeLimits
from course_lib.text import one_line

QUIET = 20.0  # seconds at one submission after which it is named; most take two


class Advance(Protocol):
    """What is called after each submission, with a few words about it."""

    def __call__(self, student: str, words: str, graded: bool = True) -> None:
        """graded: by this run, and not found to be right from before."""


class Tally:
    """Who is done, who is being graded, and since when.

    >>> tally = Tally(["ada", "bo", "cy"], jobs=1, now=0.0)
    >>> tally.done("ada", graded=True, now=30.0)
    >>> tally.pace(now=30.0), tally.waiting(now=75.0)
    ('2 a minute, 1:00 left', 'waiting for bo: 45 s of 120 s')
    """

    def __init__(self, students: Sequence[str], jobs: int | None, now: float) -> None:
        self._left, self.total = list(students), len(students)
        self._jobs, self._began, self._graded = jobs, now, 0
        self._since: dict[str, float] = {}
        self._start(now)

    def _start(self, now: float) -> None:
        """Submissions are graded in order, so many at a time; on a cluster that is not known."""
        for student in self._left[: self._jobs or 0]:
            self._since.setdefault(student, now)

    def done(self, student: str, graded: bool, now: float) -> None:
        """Note that one is done; graded: by this run."""
        self._left.remove(student)
        self._since.pop(student, None)
        self._graded += graded
        self._start(now)

    @property
    def finished(self) -> int:
        """How many are done."""
        return self.total - len(self._left)

    def pace(self, now: float) -> str:
        """How fast this run grades and how much longer it will; what it found done counts not."""
        seconds = max(now - self._began, 1e-9)
        if not self._graded or not self._left:
            return ""
        minutes, rest = divmod(round(len(self._left) * seconds / self._graded), 60)
        return f"{60 * self._graded / seconds:.0f} a minute, {minutes}:{rest:02d} left"

    def waiting(self, now: float) -> str:
        """Who has been graded for long, and how long a submission may take on a quiet machine."""
        if not self._since:
            return ""
        student, since = min(self._since.items(), key=lambda item: item[1])
        if now - since < QUIET:
            return ""
        limit = TimeLimits().notebook
        if now - since < limit:
            return f"waiting for {one_line(student, 40)}: {now - since:.0f} s of {limit:.0f} s"
        more = "it may have longer where the machine is busy"
        return f"waiting for {one_line(student, 40)}: {now - since:.0f} s; {more}"


class Pace(TextColumn):
    """Submissions a minute and the time that is left, or whom it is waiting for."""

    def __init__(self, tally: Tally) -> None:
        super().__init__("")
        self._tally = tally

    def render(self, _task: Task) -> Text:
        """`14 a minute, 0:35 left`; nothing before the first."""
        now = time.monotonic()
        return Text(self._tally.waiting(now) or self._tally.pace(now))


@contextmanager
def progress(console: Console, students: Sequence[str], jobs: int | None) -> Iterator[Advance]:
    """Yields what to call after each submission.

    jobs: how many are graded at a time, in order; None where that is not known.
    """
    tally = Tally(students, jobs, time.monotonic())
    with _bar(console, tally) if console.is_terminal else _lines(console, tally) as show:

        def advance(student: str, words: str, graded: bool = True) -> None:
            tally.done(student, graded, time.monotonic())
            show(f"{one_line(student, 40)}  {words}")

        yield advance


@contextmanager
def _bar(console: Console, tally: Tally) -> Iterator[Callable[[str], None]]:
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        Pace(tally),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task("starting (TensorFlow is imported) …", total=tally.total)

        def show(words: str) -> None:
            bar.update(task, completed=tally.finished, description=words)

        yield show


@contextmanager
def _lines(console: Console, tally: Tally) -> Iterator[Callable[[str], None]]:
    ended = threading.Event()

    def show(words: str) -> None:
        rest = tally.pace(time.monotonic())
        line = f"[{tally.finished}/{tally.total}] {words}" + (f"  ({rest})" if rest else "")
        console.print(Text(line), soft_wrap=True)

    def remind() -> None:
        while not ended.wait(QUIET):
            if words := tally.waiting(time.monotonic()):
                console.print(Text(words), soft_wrap=True)

    threading.Thread(target=remind, daemon=True).start()
    try:
        yield show
    finally:
        ended.set()
