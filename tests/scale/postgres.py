"""A PostgreSQL server of one's own, for as long as a test: a folder, a socket, no port.

    with server(tmp_path) as url:           # postgresql+psycopg2://…
        ...

Uses Debian's package `postgresql`. PostgreSQL refuses to run as root, so a test that does hands it
to the user `postgres`, who comes with the package.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

SECONDS = 120  # for the server to be up; one when nothing else runs


def programs() -> Path | None:
    """Where initdb and pg_ctl are; None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextlib.contextmanager
def server() -> Iterator[str]:
    """A database `gradebook` in a fresh folder; gone when the block ends."""
    place = programs()
    assert place is not None
    user = "postgres" if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a socket's path may have 107 bytes: kept short
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(place / program), *arguments]
        done = subprocess.run(command, cwd="/", user=user, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    data = str(folder / "data")
    # No fsync: this database is not meant to outlive a power cut. No port, only the socket.
    options = f"-c fsync=off -c listen_addresses= -k {folder}"
    try:
        run("initdb", "-D", data, "-U", "course", "-A", "trust", "-E", "UTF8", "--no-sync")
        log = str(folder / "log")
        run("pg_ctl", "-D", data, "-w", "-t", str(SECONDS), "-l", log, "-o", options, "start")
        run("createdb", "-h", str(folder), "-U", "course", "gradebook")
        yield f"postgresql+psycopg2://course@/gradebook?host={folder}"
    finally:
        with contextlib.suppress(AssertionError):
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)
