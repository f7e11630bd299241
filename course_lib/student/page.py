"""What `check(f)` shows where it is called: how far it is, while that takes long, then the card.

    page = Page()
    with page.until_stopped("fit_line"):
        page.at("fit_line", 7, 60)      # after two seconds: "fit_line: 7 of 60 calls, 3 s"
    page.show(card)                     # in its place

Under a notebook's cell, or at a bare prompt. It goes past what is kept of a function's own output.
"""

from __future__ import annotations

import contextlib
import secrets
import sys
import time
from collections.abc import Iterator
from typing import Any

from course_lib.streams import show_everything
from course_lib.student.waiting import SILENCE, Waiting

EVERY = 0.5  # seconds between two such lines


class Stopped(KeyboardInterrupt):
    """`check` was interrupted. A notebook shows its sentence, not where in our code it was."""

    def _render_traceback_(self) -> list[str]:
        """IPython's name for what is shown in place of a traceback."""
        return [str(self)]


class Page:
    """The place where one call of `check` shows what it has to say."""

    def __init__(self) -> None:
        self._began, self._said = time.monotonic(), 0.0
        self._waiting = Waiting()
        self._kernel = _kernel()
        self._publisher = self._kernel.display_pub if self._kernel is not None else None
        self._id = ""  # of what is shown under the cell

    def at(self, name: str, number: int, of: int) -> None:
        """Say how far it is, if that takes long: at the `number`th `of` so many calls."""
        now = time.monotonic()
        if now - self._began >= SILENCE and now - self._said >= EVERY and of > 1:
            self._said = now
            self.say(f"{name}: {number} of {of} calls, {now - self._began:.0f} s")

    def say(self, words: str) -> None:
        """Put a line where the card will be."""
        if self._publisher is None:
            self._waiting.at(words)
            self._waiting.tick()
            return
        update, self._id = bool(self._id), self._id or secrets.token_hex(8)
        shown = {"display_id": self._id}
        self._publisher.publish({"text/plain": words}, {}, transient=shown, update=update)

    def show(self, card: Any) -> None:
        """Show the card."""
        if self._publisher is None:
            show_everything()
            self._waiting.echo(repr(card))
            return
        from IPython.display import display, update_display

        if self._id:
            update_display(card, display_id=self._id)
        else:
            display(card)

    @contextlib.contextmanager
    def until_stopped(self, name: str) -> Iterator[None]:
        """Turn an interrupt in the block into Stopped; under a cell, how far it was stays."""
        try:
            yield
        except KeyboardInterrupt:
            self._waiting.clear()
            raise Stopped(f"Stopped: {name} was not tried to the end.") from None


def in_notebook() -> bool:
    """Whether an IPython runs this that shows what it is handed past standard output."""
    return _kernel() is not None


def _kernel() -> Any:
    shell = sys.modules.get("IPython")
    running = shell.get_ipython() if shell is not None else None
    kinds = {kind.__name__ for kind in type(running).__mro__}
    return None if "TerminalInteractiveShell" in kinds else running
