"""How far a grading run is: a bar in a terminal, a line for each submission elsewhere.

with progress(console, total=12) as advance:
    advance("ada  18/18")
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn
from rich.text import Text


class Pace(TextColumn):
    """Submissions a minute and the time that is left, from the run so far."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Text:
        """`14 a minute, 0:35 left`; nothing before the first."""
        return Text(pace(task.completed, task.total or 0, task.elapsed or 0.0))


@contextmanager
def progress(console: Console, total: int) -> Iterator[Callable[[str], None]]:
    """Yields what to call after each submission, with a few words about it."""
    if not console.is_terminal:
        yield _lines(console, total)
        return
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        Pace(),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task("starting (TensorFlow is imported) …", total=total)

        def advance(words: str) -> None:
            bar.update(task, advance=1, description=words)

        yield advance


def _lines(console: Console, total: int) -> Callable[[str], None]:
    done, began = 0, time.monotonic()

    def advance(words: str) -> None:
        nonlocal done
        done += 1
        rest = pace(done, total, time.monotonic() - began)
        line = f"[{done}/{total}] {words}" + (f"  ({rest})" if rest else "")
        console.print(Text(line), soft_wrap=True)

    return advance


def pace(done: float, total: float, seconds: float) -> str:
    """How fast and how much longer.

    >>> pace(6, 12, 30.0)
    '12 a minute, 0:30 left'
    """
    if done <= 0 or done >= total:
        return ""
    left = round((total - done) * seconds / done)
    minutes, rest = divmod(left, 60)
    return f"{60 * done / max(seconds, 1e-9):.0f} a minute, {minutes}:{rest:02d} left"
