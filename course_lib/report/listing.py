"""`course list`: the assignments of a course, what each is about, and how far it is.

    for one in overview(root):
        print(one.name, one.checked, one.by_hand, one.state)

Nothing heavy is imported: the notebooks are read as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from course_lib.authoring.build import assignments, read_twin, twins
from course_lib.authoring.plain import plain_assignments, plain_sources, read_plain
from course_lib.claims.loading import load
from course_lib.notebook.reading import cells_of


@dataclass(frozen=True)
class Overview:
    """One assignment: points by checks and by hand, minutes, and how far it is."""

    name: str
    question: str
    afterwards: str
    minutes: int
    checked: float
    by_hand: float
    state: str


def overview(root: Path) -> list[Overview]:
    """Every assignment that has a source, in order."""
    return [_of(name, root) for name in sorted([*assignments(root), *plain_assignments(root)])]


def _of(name: str, root: Path) -> Overview:
    if sources := plain_sources(name, root):
        cells = [cell for path in sources for cell in read_plain(path)[1]]
    else:
        cells = [cell for twin in twins(name, root) for cell in cells_of(read_twin(twin))]
    try:
        content = load(name, root)
    except LookupError:
        content = None
    return Overview(
        name,
        content.question if content else "",
        content.afterwards if content else "",
        content.minutes if content else 0,
        sum(cell.points for cell in cells if cell.role == "test"),
        sum(cell.points for cell in cells if cell.by_hand),
        state_of(name, root),
    )


def state_of(name: str, root: Path) -> str:
    """How far an assignment is, in words."""
    handed_in = len([place for place in (root / "submitted").glob(f"*/{name}") if place.is_dir()])
    graded = len(list((root / "verdicts" / name).glob("[!.]*.json")))
    if handed_in or graded:
        return f"{handed_in} handed in, {graded} graded"
    if any((root / "release" / name).glob("*.ipynb")):
        return "released"
    if any((root / "source" / name).glob("*.ipynb")):
        return "built"
    return "written"


def print_list(root: Path) -> None:
    """Print the assignments as a table."""
    console = Console(highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("assignment", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("minutes", justify="right")
    table.add_column("state", overflow="fold")
    table.add_column("question", overflow="fold")
    for one in overview(root):
        points = f"{one.checked:g}" + (f" + {one.by_hand:g}" if one.by_hand else "")
        minutes = str(one.minutes) if one.minutes else ""
        table.add_row(Text(one.name), points, minutes, one.state, Text(one.question))
    if not table.row_count:
        console.print("No assignment yet. Next: course new 01_pendulum")
        return
    console.print(table)
    if any(one.by_hand for one in overview(root)):
        console.print("Points: by checks + by hand.")
