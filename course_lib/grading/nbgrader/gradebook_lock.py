"""One writer at a time, among all graders that share a gradebook.

    with gradebook_lock(db_url, folder):
        ...                       # nobody else's `gradebook_lock` on this gradebook is inside

nbgrader makes tables, cells and submissions in several steps, and two programs that do so at once
find each other's halves. Graders on one PostgreSQL may sit on several machines, so the server keeps
the lock; for SQLite, whose file is on this machine, a lock file does. Either is let go by the
operating system or the server when its holder dies.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

LOCK = 0x636F75727365  # "course": advisory locks of a PostgreSQL database are known by a number


@contextmanager
def gradebook_lock(db_url: str, folder: Path) -> Iterator[None]:
    """Wait until it is this writer's turn on `db_url`; `folder` is where a lock file may lie."""
    if make_url(db_url).get_backend_name() == "postgresql":
        with create_engine(db_url, poolclass=NullPool).connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
            yield  # the lock goes with the connection
    else:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".writer.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
