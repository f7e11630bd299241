"""The cells of a notebook file as handed in: hostile JSON in, a list of plain cells out.

    notebook = parse(data)        # raises Unreadable with a sentence for the student

Old notebooks (format 3, with worksheets) are understood. Whatever has the wrong type counts as
absent; limits keep one file from costing what a cohort should.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from course_lib.limits import SOURCE_LIMIT
from course_lib.notebook.cell import Cell, Kind
from course_lib.notebook.checksum import is_intact
from course_lib.notebook.pasted import pasted_pictures
from course_lib.text import one_line

CELL_LIMIT = 1000  # the worksheet has under a hundred
SOURCES_LIMIT = 500_000  # in all cells: each is parsed, run, coloured and shown; 40,000 is usual
MENTIONED = 5  # cells of which each has a sentence; of the others there is one
BRACKET_LIMIT = 4_000_000  # objects and lists in the file: about a gigabyte once parsed
OUTPUT_LIMIT = 20 * 1024**2  # bytes of a file beyond its sources, above which outputs are dropped


class Unreadable(ValueError):
    """The file is not a notebook: a sentence for the student, and a remark for the instructor."""

    def __init__(self, sentence: str, remark: str) -> None:
        super().__init__(sentence)
        self.remark = remark


@dataclass(frozen=True)
class RawCell(Cell):
    """One cell as handed in, an extra one until the released notebook says what it is.

    `id` ("" without one) and `grade_id` are what it calls itself, to be looked up there. Role,
    points and tags are never read from the file; what it claims of them is only compared.
    intact: nbgrader's checksum in it says that it is as it was released, today or earlier.
    """

    claimed_points: Any = None
    claimed_tags: tuple[str, ...] = ()
    intact: bool = False
    outputs: list[Any] = field(default_factory=list)
    attachments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Notebook:
    """The cells, the kernel's name, and what was left out (each a sentence for the student)."""

    cells: list[RawCell]
    kernel: str | None
    left_out: list[str]


def parse(data: bytes) -> Notebook:
    """The cells in a notebook's bytes. Raises Unreadable where there is no notebook."""
    if not data.strip():
        raise Unreadable("Your notebook is an empty file.", "the notebook is an empty file")
    if data.count(b"{") + data.count(b"[") > BRACKET_LIMIT:
        raise Unreadable(
            "Your notebook holds more data than can be read. Clear its outputs.",
            "the notebook holds more data than can be read",
        )
    try:
        nb = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        why = one_line(error, 120)
        raise Unreadable(
            f"Your notebook cannot be read: it is not JSON ({why}). Open it in Jupyter; if it "
            "does not open there either, start from a copy that does.",
            "the notebook is not JSON and cannot be read",
        ) from None
    cells = _list_of_cells(nb)
    if cells is None:
        raise Unreadable(
            "Your file is not a Jupyter notebook: it has no cells. Save the notebook in Jupyter "
            "and hand that file in.",
            "the file is no notebook: it has no cells",
        )
    left_out = []
    if len(cells) > CELL_LIMIT:
        left_out.append(f"Only the first {CELL_LIMIT} cells of your notebook were read.")
    parsed = [_cell(raw) for raw in cells[:CELL_LIMIT] if isinstance(raw, dict)]
    long = [n for n, cell in enumerate(parsed, 1) if len(cell.source) > SOURCE_LIMIT]
    for number in long[:MENTIONED]:
        left_out.append(
            f"Cell {number} of your notebook was left out: it is longer than "
            f"{SOURCE_LIMIT:,} characters."
        )
    if len(long) > MENTIONED:
        left_out.append(f"So were {len(long) - MENTIONED} more cells, for the same reason.")
    parsed = [cell for cell in parsed if len(cell.source) <= SOURCE_LIMIT]
    parsed = _within_limit(parsed, left_out)
    beyond = len(data) - sum(len(cell.source) for cell in parsed)
    if beyond > OUTPUT_LIMIT:
        parsed = [replace(cell, outputs=[]) for cell in parsed]
        left_out.append(
            f"The outputs in your notebook ({beyond / 1024**2:.0f} MB) were not kept: the limit "
            f"is {OUTPUT_LIMIT // 1024**2} MB. Your code was graded as ever."
        )
    metadata = _dict(nb.get("metadata"))
    kernel = _dict(metadata.get("kernelspec")).get("name")
    return Notebook(parsed, kernel if isinstance(kernel, str) else None, left_out)


def _within_limit(cells: list[RawCell], left_out: list[str]) -> list[RawCell]:
    """The cells up to `SOURCES_LIMIT`; those that belong to an exercise first of all."""
    left, kept = SOURCES_LIMIT, set()
    for number, cell in sorted(enumerate(cells), key=lambda pair: pair[1].grade_id is None):
        if len(cell.source) <= left:
            left -= len(cell.source)
            kept.add(number)
    if len(kept) < len(cells):
        left_out.append(
            f"{len(cells) - len(kept)} cells of your notebook were left out: together the cells "
            f"are longer than {SOURCES_LIMIT:,} characters."
        )
    return [cell for number, cell in enumerate(cells) if number in kept]


def _list_of_cells(nb: Any) -> list[Any] | None:
    if not isinstance(nb, dict):
        return None
    if isinstance(nb.get("cells"), list):
        return list(nb["cells"])
    if isinstance(nb.get("worksheets"), list):  # format 3
        sheets = [_dict(sheet).get("cells") for sheet in nb["worksheets"]]
        return [cell for cells in sheets if isinstance(cells, list) for cell in cells]
    return None


def _cell(raw: dict[str, Any]) -> RawCell:
    metadata = _dict(raw.get("metadata"))
    grading = _dict(metadata.get("nbgrader"))
    source = _text(raw.get("source", raw.get("input")))  # `input` in format 3
    kind: Kind = "raw"
    match raw.get("cell_type"):
        case "code":
            kind = "code"
        case "markdown":
            kind = "markdown"
        case "heading":  # format 3
            kind, source = "markdown", f"# {source}"
    grade_id, cell_id, tags = grading.get("grade_id"), raw.get("id"), metadata.get("tags")
    outputs, attachments = raw.get("outputs"), _dict(raw.get("attachments"))
    intact = is_intact(grading, kind, source)
    if kind == "markdown":
        source, attachments = pasted_pictures(source, attachments)
    return RawCell(
        id=cell_id if isinstance(cell_id, str) else "",
        source=source,
        kind=kind,
        role="extra",
        grade_id=grade_id if isinstance(grade_id, str) else None,
        claimed_points=grading.get("points"),
        claimed_tags=tuple(t for t in tags if isinstance(t, str)) if isinstance(tags, list) else (),
        intact=intact,
        outputs=outputs if isinstance(outputs, list) else [],
        attachments=attachments,
    )


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    """A source: text, or a list of lines. Lone surrogates, which no file can hold, become ?."""
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    if not isinstance(value, str):
        return ""
    return value.encode("utf-8", "replace").decode("utf-8")
