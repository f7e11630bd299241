"""One connection pool for a gradebook, however often nbgrader opens it.

    with engine_cache():
        converter.start()

To write one student nbgrader opens the gradebook some fifteen times. Each time it makes a new
SQLAlchemy engine, which compiles every statement anew, and asks for each table and for the course:
half of what writing costs. Within this block an engine is made once for a URL, and kept; its
connections close when nbgrader closes them. A gradebook in a file that was opened before is not
asked for its tables again while it is the same file.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbgrader.api
from nbgrader.api import Gradebook
from sqlalchemy.engine import make_url
from sqlalchemy.orm import scoped_session

Key = tuple[str, str, tuple[int, int]]


@contextmanager
def engine_cache() -> Iterator[None]:
    """Let `nbgrader.api` make each engine once. Use one at a time, as the writer is used."""
    before = nbgrader.api.create_engine, Gradebook.__init__
    nbgrader.api.create_engine, Gradebook.__init__ = _engine, _open
    try:
        yield
    finally:
        nbgrader.api.create_engine, Gradebook.__init__ = before


@functools.lru_cache(maxsize=4)
def _engine(url: str, **options: Any) -> Any:
    return _create(url, **options)


def _open(
    self: Gradebook, db_url: str, course_id: str = "default_course", authenticator: Any = None
) -> None:
    """`Gradebook.__init__`, or a copy of what that made, with a session of its own."""
    file = _file(db_url)
    known = _opened.get((db_url, course_id, file)) if file and authenticator is None else None
    if known is not None:
        self.__dict__.update(known)
        self.db = scoped_session(known["db"].session_factory)
        return
    _init(self, db_url, course_id, authenticator)
    if (file := _file(db_url)) and authenticator is None:
        _opened[db_url, course_id, file] = dict(self.__dict__)


def _file(url: str) -> tuple[int, int] | None:
    """Which file a gradebook is in; None where there is none, as with PostgreSQL."""
    about = make_url(url)
    try:
        found = Path(about.database or "").stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if about.get_backend_name() == "sqlite" else None


_create, _init = nbgrader.api.create_engine, Gradebook.__init__
_opened: dict[Key, dict[str, Any]] = {}
