"""A release is made beside the old one and takes its place when it is whole.

In nbgrader_config.py:

    c.GenerateAssignment.exporter_class = "course_lib.authoring.beside.BesideExporter"

Asked to write a release anew (`--force`, formgrader's button, `course release`), nbgrader deletes
the old one first, and where it then refuses, there is none. Here it writes a folder
`release/.NN_topic.new/`, which takes the place of `release/NN_topic/` at the end; one that is
refused is deleted by nbgrader.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters import GenerateAssignment


class BesideExporter(NotebookExporter):
    """nbconvert's exporter of notebooks; nbgrader makes it before it deletes anything."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if isinstance(self.parent, GenerateAssignment) and self.parent.force:
            _write_beside(self.parent)


def _write_beside(converter: GenerateAssignment) -> None:
    """Have `converter` write each release beside its place, and swap it in after the last step."""
    place_of, after = converter._format_dest, converter.post_convert_hook
    made: dict[Path, Path] = {}

    def beside(assignment_id: str, student_id: str, escape: bool = False) -> str:
        place = Path(place_of(assignment_id, student_id, escape=escape))
        made[place] = place.with_name(f".{place.name}.new")
        return str(made[place])

    def swap_in(**about: Any) -> None:
        for place, new in made.items():
            if new.is_dir():
                swap(new, place)
        if after is not None:
            after(**about)

    converter._format_dest = beside
    converter.post_convert_hook = swap_in


def swap(new: Path, place: Path) -> None:
    """Put the folder `new` in `place`; what was there before stays until that is done."""
    old = place.with_name(f".{place.name}.old")
    if place.exists():
        shutil.rmtree(old, ignore_errors=True)
        place.rename(old)
    try:
        new.rename(place)
    except BaseException:
        if old.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)
