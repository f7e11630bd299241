"""`run_in_sandbox`: an attack in a real one, as whoever runs the tests and as an ordinary user."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandboxed import SECONDS, RunInSandbox, as_ordinary, interpreter_for_all

HERE = Path(__file__).parent
PACKAGE = HERE.parent.parent / "course_lib"


@pytest.fixture(scope="session")
def public() -> Iterator[Path]:
    """A folder that anybody can read: the package, the attacker, and a place to write.

    Not below /tmp, which every sandbox base covers with its own.
    """
    folder = Path(tempfile.mkdtemp(dir="/var/tmp"))
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, folder / "course_lib", ignore=ignored)
    shutil.copy(HERE / "attacker.py", folder)
    (folder / "open").mkdir()
    (folder / "open" / "canary").write_text("untouched")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (folder / "open").chmod(0o777)
    (folder / "open" / "canary").chmod(0o666)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(params=["as I am", "as an ordinary user"])
def command(request: pytest.FixtureRequest, public: Path) -> list[str]:
    """The start of a command that runs the attacker."""
    if request.param == "as I am":
        return [sys.executable, "-P", str(public / "attacker.py")]
    if os.geteuid() != 0:
        pytest.skip("the tests already run as an ordinary user")
    python = interpreter_for_all()
    if python is None:
        pytest.skip("no Python 3.11 that an ordinary user could run")
    return [*as_ordinary(), python, "-P", str(public / "attacker.py")]


@pytest.fixture
def run_in_sandbox(command: list[str], public: Path) -> RunInSandbox:
    """A function that runs `attack` in a sandbox, and gives back what the attacker said."""

    def run(attack: str, **order: object) -> dict:
        done = subprocess.run(
            [*command, json.dumps({"attack": attack, **order})],
            env=os.environ | {"PYTHONPATH": str(public), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=public,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        assert done.stdout, f"the attacker said nothing; status {done.returncode}: {done.stderr}"
        return json.loads(done.stdout.splitlines()[-1]) | {"stderr": done.stderr}

    return run
