"""A real JupyterHub with its proxy, in which the people of a course have their servers.

with hub(people, installation) as at_hub:
    at_hub.start("ada")
    at_hub.ask("ada", "POST", "assignments/fetch", {"assignment_id": …, "course_id": "tiny"})

Hub, proxy and servers run in a mount and a process namespace of their own: /etc/passwd has the
accounts there and nowhere else, and all of them end when the first does.
"""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.exchange.accounts import IDS, People
from tests.ordinary_user import NEEDED, is_root, opening

TOKEN = "only-for-this-test"
START = 300  # seconds for hub or server to be there; some ten when nothing else runs
INSTALL = 600  # seconds for a package index to answer; some twenty

SETTINGS = """\
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.command = {proxy}
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allowed_users = {users}
c.JupyterHub.services = [{{"name": "course", "api_token": "{token}"}}]
c.JupyterHub.load_roles = [
    {{"name": "course", "services": ["course"],
      "scopes": ["admin:users", "admin:servers", "access:servers"]}},
]
c.Spawner.cmd = {singleuser}
c.Spawner.environment = {environment}
c.Spawner.start_timeout = c.Spawner.http_timeout = {start}
"""


@dataclass(frozen=True)
class Installation:
    """A folder with JupyterHub for this project's Python, and its proxy for node."""

    folder: Path

    @property
    def bin(self) -> Path:
        """Where the command `jupyterhub` is."""
        return self.folder / "venv" / "bin"

    @property
    def site(self) -> Path:
        """The packages that were installed."""
        return next((self.folder / "venv" / "lib").glob("python*/site-packages"))

    @property
    def proxy(self) -> list[str]:
        """The command of configurable-http-proxy."""
        package = self.folder / "node" / "node_modules" / "configurable-http-proxy"
        return [str(shutil.which("node")), str(package / "bin" / "configurable-http-proxy")]


def missing() -> str:
    """Why there can be no hub here; empty where there can."""
    if not is_root():
        return "needs root: a hub starts each server as its user"
    wanted = ("unshare", "setpriv", "node", "npm")
    gone = [name for name in wanted if shutil.which(name) is None]
    return f"needs {', '.join(gone)}" if gone else ""


@contextmanager
def installed() -> Iterator[Installation]:
    """JupyterHub and its proxy from their package indexes. Raises OSError where there are none.

    The environment is one of its own, that has all packages of the project's in it too.
    """
    folder = Path(tempfile.mkdtemp(prefix="hub-"))
    try:
        folder.chmod(0o755)
        place = Installation(folder)
        _run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"])
        project = next(path for path in sys.path if path.endswith("site-packages"))
        (place.site / "project.pth").write_text(f"import site; site.addsitedir({project!r})\n")
        _run([place.bin / "python", "-m", "pip", "install", "--quiet", "jupyterhub"])
        packages = ["--no-audit", "--no-fund", "configurable-http-proxy"]
        _run(["npm", "install", "--silent", "--prefix", folder / "node", *packages])
        yield place
    finally:
        shutil.rmtree(folder)


def _run(command: list[Any]) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=INSTALL)
    if done.returncode:
        raise OSError(f"{command[0]} {command[1]}: {done.stderr[-500:]}")


@dataclass
class Hub:
    """A running hub."""

    address: str

    def ask(self, name: str, method: str, path: str, data: Any = None) -> Any:
        """What `name`'s server says, by way of the proxy: JSON, or text. Raises HTTPError."""
        return self._ask(method, f"{self.address}/user/{name}/{path}", data)

    def start(self, name: str) -> None:
        """Start somebody's server and wait until it answers."""
        api = f"{self.address}/hub/api/users/{name}"
        with contextlib.suppress(urllib.error.HTTPError):  # the hub knows the user already
            self._ask("POST", api)
        self._ask("POST", f"{api}/server")
        deadline = time.monotonic() + START
        while not self._ask("GET", api)["server"]:
            assert time.monotonic() < deadline, f"{name}'s server did not start"
            time.sleep(0.5)
        self.ask(name, "GET", "api/status")

    def _ask(self, method: str, url: str, data: Any = None) -> Any:
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(url, body, method=method)
        request.add_header("Authorization", f"token {TOKEN}")
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=START) as answer:
            text = answer.read().decode()
        return json.loads(text) if text[:1] in ("{", "[") else text


@contextmanager
def hub(people: People, place: Installation) -> Iterator[Hub]:
    """JupyterHub for these people, until the block ends; nothing of it is left then."""
    port, hub_port, proxy_port = _free_ports(3)
    state = people.folder / "hub"
    state.mkdir(mode=0o700)
    jupyter = Path(sys.prefix)
    environment = {
        "PATH": f"{place.bin}:{Path(sys.executable).parent}:/usr/bin:/bin",
        "JUPYTER_PATH": str(jupyter / "share" / "jupyter"),
        "JUPYTER_CONFIG_PATH": str(jupyter / "etc" / "jupyter"),
        "PYTHONPATH": str(
            place.site
        ),  # servers run in this project's Python, with the hub's package
    }
    (state / "jupyterhub_config.py").write_text(
        SETTINGS.format(
            port=port, hub_port=hub_port, proxy_port=proxy_port, proxy=place.proxy,
            users=set(IDS), token=TOKEN, singleuser=[sys.executable, "-m", "jupyterhub.singleuser"],
            environment=environment, start=START,
        )
    )  # fmt: skip
    lines = ["set -e", *opening([*NEEDED, place.folder]), *people.covers()]
    lines += [f"cd {shlex.quote(str(state))}", f"exec {shlex.quote(str(place.bin / 'jupyterhub'))}"]
    spaces = ["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
    log = state / "log"
    with log.open("w") as said:
        process = subprocess.Popen(
            ["unshare", *spaces, "--mount-proc", "sh", "-c", "\n".join(lines)],
            env={**os.environ, **environment},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    running = Hub(f"http://127.0.0.1:{port}")
    try:
        deadline = time.monotonic() + START
        while True:
            with contextlib.suppress(OSError):  # refused, or the proxy does not know the hub yet
                running._ask("GET", f"{running.address}/hub/api")
                break
            assert process.poll() is None and time.monotonic() < deadline, log.read_text()[-4000:]
            time.sleep(0.5)
        yield running
    finally:
        process.kill()  # unshare ends the process namespace with it
        process.wait(60)


def left_over(place: Path) -> list[str]:
    """The processes whose command names a folder."""
    commands = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            commands.append(entry.read_text("utf-8", "replace").replace("\0", " "))
    return [command for command in commands if str(place) in command]


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
