"""Measured tables in a page of docs/: each command rewrites its own part, between two marks.

<!-- measured by: benchmarks/value_path.py -->
…
<!-- end -->
"""

from __future__ import annotations

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def rewrite(page: str, command: str, text: str) -> None:
    """Put the text between the marks of that command in docs/`page`."""
    path = PROJECT / "docs" / page
    mark = f"<!-- measured by: {command} -->"
    whole = path.read_text("utf-8")
    pattern = re.compile(re.escape(mark) + r".*?<!-- end -->", re.DOTALL)
    if len(pattern.findall(whole)) != 1:
        raise SystemExit(f"{path.relative_to(PROJECT)}: write {mark} and <!-- end --> once")
    path.write_text(pattern.sub(lambda _: f"{mark}\n{text.strip()}\n<!-- end -->", whole), "utf-8")


def table(head: list[str], rows: list[list[str]]) -> str:
    """Markdown, the first column to the left and the others to the right."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
