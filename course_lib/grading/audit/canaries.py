"""Things that only an attack would touch: one folder and one listener for each, so that it is known
which one did.

    with Canaries(root, ["reads_gradebook"]) as canaries:
        source = canaries.told("reads_gradebook", source)   # attacks are told where everything is
        ...
        canaries.touched()                                  # [] if all held

In an attack's source @COURSE@ stands for a folder with a gradebook, @PROJECT@ for the course
itself, @PORT@ and @SOCKET@ for a TCP port of this machine and an abstract socket, @GRADER@ for a
process and @TOKEN@ for a word that is not known elsewhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Self


class _Canary:
    """What one attack is told about."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.token = secrets.token_hex(8)
        folder.mkdir(mode=0o777)
        (folder / "gradebook.db").write_text(f"grade 0.0 {self.token}")
        (folder / "verdict.json").write_text('{"earned": 0.0}')
        for path in (folder, *folder.iterdir()):
            path.chmod(0o777)  # only the sandbox stands in front of it
        self.port = socket.create_server(("127.0.0.1", 0))
        self.local = socket.socket(socket.AF_UNIX)
        self.local.bind(f"\0{self.token}")
        self.local.listen()
        self._before = self._state()

    def _state(self) -> dict[str, str]:
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            for path in self.folder.iterdir()
        }

    @property
    def touched(self) -> bool:
        return not self.folder.is_dir() or self._state() != self._before or self._called()

    def _called(self) -> bool:
        for server in (self.port, self.local):
            server.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                server.accept()[0].close()
                return True
        return False


class Canaries:
    """A canary for each of `names`."""

    def __init__(self, root: Path, names: list[str]) -> None:
        self._root = root.resolve()
        self._folder = Path(tempfile.mkdtemp(prefix="canaries-"))
        self._folder.chmod(0o777)
        self._canaries = {name: _Canary(self._folder / name) for name in names}

    def told(self, name: str, source: str) -> str:
        """`source` with every place filled in."""
        canary = self._canaries[name]
        places = {
            "COURSE": canary.folder,
            "PROJECT": self._root,
            "PORT": canary.port.getsockname()[1],
            "SOCKET": canary.token,
            "GRADER": os.getpid(),
            "TOKEN": canary.token,
        }
        for place, value in places.items():
            source = source.replace(f"@{place}@", str(value))
        return source

    def touched(self) -> list[str]:
        """Whose canary is not as it was, or was called."""
        return [name for name, canary in self._canaries.items() if canary.touched]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for canary in self._canaries.values():
            canary.port.close()
            canary.local.close()
        shutil.rmtree(self._folder, ignore_errors=True)
