"""Output where an encoding lacks characters, and in terminals: nothing ends, nothing overlaps."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TINY = Path(__file__).parents[1] / "courses" / "tiny"
CHECK = [sys.executable, "-P", "-m", "course_lib.cli", "check"]


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook with a wrong answer, in a course folder of its own."""
    root = tmp_path_factory.mktemp("tiny") / "course"
    shutil.copytree(TINY, root, ignore=shutil.ignore_patterns("__pycache__"))
    path = root / "source" / "01_basics" / "basics.ipynb"
    text = path.read_text("utf-8").replace("/ len(values)", "/ (len(values) + 1)")
    assert text != path.read_text("utf-8")
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("environment", "written", "mark"),
    [
        ({"PYTHONIOENCODING": "cp1252"}, "cp1252", "x"),
        ({"PYTHONIOENCODING": "latin-1"}, "latin-1", "x"),
        # click takes ASCII for a mistake of the system's, and writes UTF-8
        ({"PYTHONIOENCODING": "ascii"}, "utf-8", "✗"),
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "utf-8", "✗"),
    ],
)
def test_a_card_comes_through_every_pipe(
    notebook: Path, environment: dict[str, str], written: str, mark: str
) -> None:
    done = subprocess.run(
        [*CHECK, notebook], capture_output=True, env=os.environ | environment, check=False
    )
    said = done.stdout.decode(written)
    assert done.returncode == 1, done.stderr
    assert b"Traceback" not in done.stderr
    assert f"{mark} does not hold: " in said


def in_terminal(command: list[str | Path], columns: int) -> str:
    """What a command writes to a terminal so wide, escape sequences and all."""
    parent, child = pty.openpty()
    environment = os.environ | {"COLUMNS": str(columns), "TERM": "xterm"}
    process = subprocess.Popen(command, stdout=child, stderr=child, stdin=child, env=environment)
    os.close(child)
    said = b""
    while select.select([parent], [], [], 300)[0]:
        try:
            said += os.read(parent, 1 << 16)
        except OSError:  # the other side is closed
            break
    process.wait()
    os.close(parent)
    return said.decode()


def on_screen(said: str) -> list[str]:
    """The lines that are left to read: a return and an erasure take away what stood there."""
    return [re.split(r"\r(?:\x1b\[K)?", line.rstrip("\r"))[-1] for line in said.split("\n")]


def test_in_a_terminal_nothing_stands_before_a_result(notebook: Path) -> None:
    said = in_terminal([*CHECK, notebook], 60)
    lines = on_screen(said)
    assert "basics.ipynb: " in "\n".join(lines)
    assert not [line for line in lines if "running cell" in line or "trying " in line]
    assert "running cell" in said  # it was there while it was true
    waited = [part for part in said.split("\r\x1b[K") if " …" in part.partition("\n")[0]]
    assert all(len(part.partition("\n")[0].strip("\r")) < 60 for part in waited)
