"""The files that docs/author.md shows, and a course made of them."""

import re
from collections.abc import Mapping
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "author.md").read_text("utf-8")
BLOCK = re.compile(r"^```python\n# ((?:source|assignments)/\S+)\n(.*?)^```$", re.M | re.S)
FILES: dict[str, str] = dict(BLOCK.findall(PAGE))


def write_course(root: Path, changed: Mapping[str, str] | None = None) -> Path:
    """Write the page's files into `root`, some of them `changed`; returns `root`."""
    for name, text in {**FILES, **(changed or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root
