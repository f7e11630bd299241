"""Runs notebook cells as a notebook would, and keeps what they show.

    shell = build_shell()                 # once, in the fork server
    shell.run("1 + 1", seconds=20)        # -> ("ok", [{"output_type": "execute_result", …}])
    shell.stopped                         # the exception that ended the cell; None

It is handed plain Python (`notebook.magics`). A command of IPython's that is called all the same
(`get_ipython().system("ls")`) does nothing. The outputs have nbformat's shape. What is kept is
limited in length here for politeness; the grader limits and cleans it again, since a submission's
process is not trusted.
"""

from __future__ import annotations

import codeop
import contextlib
import importlib
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display
from traitlets.config import Config

from course_lib.alarm import OutOfTimeError, limited

MAX_STREAM = 100_000  # characters of text that one cell's stdout or stderr keeps
MAX_OUTPUTS = 200  # outputs that one cell keeps; a progress bar alone makes one
_INCOMPLETE = getattr(codeop, "PyCF_ALLOW_INCOMPLETE_INPUT", 0)
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")

Output = dict[str, Any]


class Outputs:
    """What the running cell has shown so far."""

    def __init__(self) -> None:
        self.items: list[Output] = []

    def add(self, output: Output) -> None:
        """Keep one more output, while there is room; the value of a cell and its error always.

        A cell has one of each at most, and a plain test is scored by them.
        """
        if len(self.items) < MAX_OUTPUTS or output["output_type"] in ("execute_result", "error"):
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
    stopped: BaseException | None = None
    keeps_descriptors = False  # whether what is written past Python stays where it was going

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no event loop to join."""

    def ask_exit(self) -> None:
        """Go on after `exit()`: the cells below are run as if it were not there."""

    def run_line_magic(self, *_name_and_line: Any, **_more: Any) -> None:
        """Do nothing: a command that is not part of the cell's text changes no answer."""

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> None:
        """Run the Python in it, where it is Python."""
        if magic_name in ("time", "capture", "prun"):
            self.ex(cell)

    def system(self, cmd: str) -> None:
        """Do nothing: there is no other program."""

    def getoutput(self, *_command: Any, **_more: Any) -> list[str]:
        """Nothing: there is no other program."""
        return []

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
        self.compile.flags &= ~_INCOMPLETE  # "'(' was never closed", not "incomplete input"
        self.user_ns["display"] = display  # for functions that are called when no cell runs
        if "" not in sys.path:
            sys.path.insert(0, "")  # a module that lies beside the notebook, or that a cell writes
        with contextlib.suppress(ImportError):  # a course without figures
            self.enable_matplotlib("inline")

    def run(self, source: str, seconds: float) -> tuple[str, list[Output]]:
        """Run one cell of plain Python: ("ok" | "error" | "timeout", its outputs)."""
        self.outputs.items, self.stopped = [], None
        importlib.invalidate_caches()  # an earlier cell may have written the module it imports
        streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = Stream("stdout", self.outputs), Stream("stderr", self.outputs)
        try:
            with self._past_python(), limited(seconds):
                result = self.run_cell(source, store_history=True)
            self.stopped = result.error_before_exec or result.error_in_exec
        except OutOfTimeError as late:
            self.stopped = late
        finally:
            sys.stdout, sys.stderr = streams
        if isinstance(self.stopped, OutOfTimeError):
            return "timeout", self.outputs.items
        return "error" if self.stopped is not None else "ok", self.outputs.items

    @contextlib.contextmanager
    def _past_python(self) -> Iterator[None]:
        """Keeps what is written past Python, to descriptor 1 or 2."""
        if self.keeps_descriptors:
            yield
            return
        written = _unnamed_file()
        os.dup2(written, 1)
        os.dup2(written, 2)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # a cell may have closed it
                text = os.pread(written, MAX_STREAM, 0).decode(errors="replace")
                self.outputs.write("stdout", text)
                os.close(written)


def _unnamed_file() -> int:
    """An unnamed file that is gone when it is closed; /dev/null where there is no room."""
    try:
        return os.open(tempfile.gettempdir(), os.O_TMPFILE | os.O_RDWR, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_RDWR)


def build_shell() -> Shell:
    """The shell, built once and forked with the fork server; it starts no thread."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.automagic = False
    config.InteractiveShell.xmode = "Plain"  # lines around each frame cost more than a submission
    shell = Shell.instance(config=config)
    shell.prepare()
    return shell
