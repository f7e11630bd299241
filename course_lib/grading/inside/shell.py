"""Runs notebook cells as a notebook would, and keeps what they show.

    shell = build_shell()                 # once, in the warm process
    shell.run("1 + 1", seconds=20)        # -> ("ok", [{"output_type": "execute_result", …}])

The outputs have nbformat's shape. What is kept is limited in length here for politeness; the
grader limits and cleans it again, since this process is not believed.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import signal
import sys
import tempfile
from types import FrameType
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

MAX_STREAM = 100_000  # characters of text that one cell's stdout or stderr keeps
MAX_OUTPUTS = 200  # outputs that one cell keeps; a progress bar alone makes one
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")

Output = dict[str, Any]


class CellTimeout(KeyboardInterrupt):
    """The cell had its time. Raised in the main thread, as the Stop button would."""


class Outputs:
    """What the running cell has shown so far."""

    def __init__(self) -> None:
        self.items: list[Output] = []

    def add(self, output: Output) -> None:
        """Keep one more output, while there is room."""
        if len(self.items) < MAX_OUTPUTS:
            self.items.append(output)

    def write(self, name: str, text: str) -> None:
        """Append to the last output if it is the same stream, as notebooks do."""
        if not text:
            return
        last = self.items[-1] if self.items else None
        if last is None or last.get("name") != name:
            last = {"output_type": "stream", "name": name, "text": ""}
            self.add(last)
        joined = last["text"] + text
        if "\r" in text:  # a progress bar rewrites its line; so does what is kept of it
            joined = re.sub(r"[^\n]*\r(?!\n)", "", joined)
        last["text"] = joined[:MAX_STREAM]


class Stream(io.TextIOBase):
    """`sys.stdout` and `sys.stderr` of the cells."""

    def __init__(self, name: str, outputs: Outputs) -> None:
        self._name, self._outputs = name, outputs

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute in the base class
        """UTF-8, as in a notebook."""
        return "utf-8"

    def writable(self) -> bool:
        """Say yes, always."""
        return True

    def write(self, text: str) -> int:
        """Keep `text` as an output of the running cell."""
        self._outputs.write(self._name, str(text))
        return len(text)


class Publisher(DisplayPublisher):
    """`display(...)`, figures and tables."""

    outputs: Outputs

    def publish(self, data: Any, metadata: Any = None, **_ignored: Any) -> None:
        """Keep what was displayed."""
        self.outputs.add({"output_type": "display_data", "data": dict(data), "metadata": {}})


class ResultHook(DisplayHook):
    """The value of a cell's last expression."""

    outputs: Outputs

    def write_output_prompt(self) -> None:
        """Notebooks number their outputs themselves."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Keep the value in the forms in which it can be shown."""
        self.outputs.add(
            {
                "output_type": "execute_result",
                "data": dict(format_dict),
                "metadata": {},
                "execution_count": self.prompt_count,
            }
        )


class Shell(InteractiveShell):
    """An IPython shell without a terminal, a history or a kernel around it."""

    display_pub_class = Publisher
    displayhook_class = ResultHook

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no event loop to join."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.outputs.add(
            {
                "output_type": "error",
                "ename": str(getattr(etype, "__name__", etype)),
                "evalue": str(evalue)[:MAX_STREAM],
                "traceback": [_ANSI.sub("", line)[:MAX_STREAM] for line in stb],
            }
        )

    def prepare(self) -> None:
        """Point displays, figures and the value of a last expression at `self.outputs`."""
        self.outputs = Outputs()
        self.display_pub.outputs = self.outputs
        self.displayhook.outputs = self.outputs
        self.enable_matplotlib("inline")

    def run(self, source: str, seconds: float) -> tuple[str, list[Output]]:
        """Run one cell: ("ok" | "error" | "timeout", its outputs)."""
        self.outputs.items = []
        streams = sys.stdout, sys.stderr
        written = _unnamed_file()  # what is written past Python, to descriptor 1 or 2
        os.dup2(written, 1)
        os.dup2(written, 2)
        sys.stdout, sys.stderr = Stream("stdout", self.outputs), Stream("stderr", self.outputs)
        signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            result = self.run_cell(source, store_history=True)
            status = "ok" if result.success else "error"
            if isinstance(result.error_in_exec, CellTimeout):
                status = "timeout"
        except CellTimeout:
            status = "timeout"
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            sys.stdout, sys.stderr = streams
            with contextlib.suppress(OSError):  # a cell may have closed it
                text = os.pread(written, MAX_STREAM, 0).decode(errors="replace")
                self.outputs.write("stdout", text)
                os.close(written)
        return status, self.outputs.items


def _unnamed_file() -> int:
    """A file that is in no folder and gone when it is closed; the void where there is no room."""
    try:
        return os.open(tempfile.gettempdir(), os.O_TMPFILE | os.O_RDWR, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_RDWR)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise CellTimeout("the cell took longer than it may")


def build_shell() -> Shell:
    """The shell, built once and forked with the warm process; it starts no thread."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.automagic = False
    config.InteractiveShell.xmode = "Plain"  # lines around each frame cost more than a submission
    shell = Shell.instance(config=config)
    shell.prepare()
    return shell
