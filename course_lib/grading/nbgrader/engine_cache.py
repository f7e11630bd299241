"""One connection pool for a gradebook, however often nbgrader opens it.

    with engine_cache():
        converter.start()

To write one student nbgrader opens the gradebook eight times, each time with a new SQLAlchemy
engine, and each engine compiles every statement anew: a third of what writing costs. Within this
block an engine is made once for a URL, and kept; its connections close when nbgrader closes them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import nbgrader.api


@contextmanager
def engine_cache() -> Iterator[None]:
    """Let `nbgrader.api` make each engine once. Use one at a time, as the writer is used."""
    before = nbgrader.api.create_engine
    nbgrader.api.create_engine = _engine
    try:
        yield
    finally:
        nbgrader.api.create_engine = before


@functools.lru_cache(maxsize=4)
def _engine(url: str, **options: Any) -> Any:
    return _create(url, **options)


_create = nbgrader.api.create_engine
