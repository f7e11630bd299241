"""What a submission does not have in grading is refused to a student's check in the same words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

# Each gives the name of the error that it meets, or "" if it meets none.
PROBES = {
    "a program": "import subprocess; subprocess.run(['ls'])",
    "a child": "import os; os.fork()",
    "a pool": "import multiprocessing; multiprocessing.get_context('fork').Pool(1)",
    "a shell": "import os; assert os.system('exit 0') == 32512",
    "a name": "import socket; socket.getaddrinfo('localhost', 80)",
    "a page": "import urllib.request; urllib.request.urlopen('http://localhost/')",
    "a connection": "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
    "own data": "open('data.csv')",
    "own data by its path": "open({data!r})",
    "a home": "open({home!r})",
    "a folder": "import os; os.chdir({folder!r})",
    "a module": "import colorsys",
    "a temporary file": "import tempfile; tempfile.TemporaryFile().close()",
    "a file of its own": "open('mine.txt', 'w').close(); open('mine.txt').close()",
    "a thread": "import threading; threading.Thread(target=int).start()",
}

HERE = """
import json, os, sys, tempfile
from pathlib import Path
from course_lib.student.sandbox_rules import SandboxRules
probes, folder = json.loads(sys.argv[1]), Path(sys.argv[2])
os.chdir(place := tempfile.mkdtemp())
rules, met = SandboxRules(folder, Path(place)), {}
for name, source in probes.items():
    met[name] = ""
    with rules:
        try:
            exec(source, {})
        except Exception as error:
            met[name] = type(error).__name__
print(json.dumps(met))
"""

THERE = """
met = ""
try:
    exec({source!r}, {{}})
except Exception as error:
    met = type(error).__name__
print(met)
"""


@pytest.fixture(scope="module")
def probes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("student")
    (folder / "data.csv").write_text("1\n")
    paths = {"data": str(folder / "data.csv"), "folder": str(folder)}
    paths["home"] = str(Path.home() / "thesis.txt")
    return {name: source.format(**paths) for name, source in PROBES.items()} | {"": paths["folder"]}


@pytest.fixture(scope="module")
def here(probes: dict[str, str]) -> dict[str, str]:
    """What each probe meets under the rules."""
    folder = probes[""]
    wanted = json.dumps({name: source for name, source in probes.items() if name})
    command = [sys.executable, "-P", "-c", HERE, wanted, folder]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def there(probes: dict[str, str], plain_fork_server) -> dict[str, str]:
    """What each probe meets in the sandbox."""
    student = plain_fork_server.spawn()
    cells = [(name, THERE.format(source=source)) for name, source in probes.items() if name]
    found = {ran.id: ran.outputs[0]["text"].strip() for ran in student.run(cells)}
    student.close()
    return found


@pytest.fixture(scope="module")
def plain_fork_server():
    """A fork server that has imported nothing."""
    from course_lib.grading.fork_server import ForkServer

    with ForkServer() as server:
        yield server


@pytest.mark.parametrize("probe", PROBES)
def test_the_same_is_met_as_in_the_sandbox(here, there, probe) -> None:
    if probe == "a folder":  # an empty one is there, where the system has a folder of that name
        assert here[probe] == "FileNotFoundError"
        return
    assert here[probe] == there[probe]
