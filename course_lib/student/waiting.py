"""What a command is doing, said while it does it: one line of a terminal, which goes again.

    with Waiting() as waiting:
        waiting.at("trying fit_line")
        waiting.tick()                      # from time to time
        waiting.echo("fit_line: 3 of 3 points")

Where standard error is not a terminal, a line is written for what takes longer than `SILENCE`.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
import time

import click

SILENCE = 2.0  # seconds after which it is said what somebody waits for
ERASE = "\r\x1b[K"


class Waiting:
    """The line, and all that is printed meanwhile."""

    def __init__(self) -> None:
        self._doing, self._since, self._shown = "", time.monotonic(), ""
        self._stream = sys.stderr  # as it is now: what a function writes may be kept from it

    def at(self, doing: str) -> None:
        """Say what is done from now on."""
        self._doing, self._since = doing, time.monotonic()
        if self._stream.isatty():
            self._show()

    def tick(self) -> None:
        """Say how long it has taken, once that is long."""
        if self._stream.isatty():
            self._show()
        elif self._doing and self._doing != self._shown and self._seconds > SILENCE:
            self._shown = self._doing
            click.echo(f"{self._doing} …", file=self._stream)

    def echo(self, text: str = "") -> None:
        """Print `text` on lines of its own, to standard output; a terminal's end between words."""
        self.clear()
        if sys.stdout.isatty():
            text = wrapped(text, shutil.get_terminal_size().columns)
        click.echo(text)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self._stream.isatty():
            click.echo(ERASE, file=self._stream, nl=False)
            self._shown = ""

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self._since

    def _show(self) -> None:
        long = f" {self._seconds:.0f} s" if self._seconds > SILENCE else ""
        line = f"{self._doing} …{long}"[: shutil.get_terminal_size().columns - 1]
        if line != self._shown:
            click.echo(f"{ERASE}{line}", file=self._stream, nl=False)
            self._shown = line

    def __enter__(self) -> Waiting:
        return self

    def __exit__(self, *_error: object) -> None:
        self.clear()


def wrapped(text: str, columns: int) -> str:
    """`text` with lines that end between words; what is left of one goes below its beginning.

    >>> wrapped("  no points yet, not one", 20)
    '  no points yet,\\n    not one'
    """
    lines = []
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        lines += textwrap.wrap(
            line, max(columns - 1, 19), subsequent_indent=f"{indent}  ", break_on_hyphens=False
        ) or [""]
    return "\n".join(lines)
