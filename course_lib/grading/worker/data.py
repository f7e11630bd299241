"""The files that were released beside a notebook, laid beside it again, to be read only.

    lay_beside([Path("/course/release/ps1/data.csv")])    # data.csv -> /course/release/…/data.csv

The sandbox shows that folder where it is, and nothing in it can be written; links in the current
folder bring its files to the paths at which students had them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path


def is_data(name: str) -> bool:
    """Whether a released file or folder of this name is data: no notebook, no module, not hidden.

    >>> is_data("stars.csv"), is_data("ps1.ipynb"), is_data(".ipynb_checkpoints")
    (True, False, False)
    """
    return not name.startswith((".", "__")) and not name.endswith((".ipynb", ".py"))


def lay_beside(paths: Iterable[Path]) -> None:
    """Link these files and folders into the current folder; what is there already stays."""
    for path in paths:
        with contextlib.suppress(FileExistsError):
            Path(path.name).symlink_to(path)
