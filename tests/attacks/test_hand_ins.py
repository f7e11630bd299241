"""Attacks that are more than a cell, by the whole way: `course grade`, gradebook, feedback.

Files beside the notebook, strange files in its place, edited metadata, and texts that would act
where they are read: on a terminal, in a page, in a table.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from attack_bank import PROJECT, Attack, attacks, solved_notebook
from canaries import ASSIGNMENT, Canaries
from nbgrader.api import Gradebook

from course_lib.report.table import REMARKS

pytestmark = pytest.mark.slow

HONEST = ("ada", "zoe")
ALL_POINTS = 18.0
_OTHERS = (
    "skip_execution_tag", "edited_points", "edited_ids", "rewritten_test_cells",
    "extra_graded_cells", "test_cells_of_other_types", "kernel_of_its_own",
    "verdict_in_the_metadata", "markup_in_markdown", "markup_and_scripts", "terminal_escapes",
    "spreadsheet_formulas", "ten_megabyte_message", "characters_that_lie",
    "shows_a_card_of_its_own", "results_in_files", "startup_files",
    "text_that_is_hard_to_lay_out", "notices_without_end", "errors_without_words",
    "lines_without_words",
)  # fmt: skip
HAND_INS = [a for a in attacks() if a.needs_a_folder or a.slug in _OTHERS]
LONGEST_LINE = 2_000  # characters that one hand-in may bring onto a terminal's line
LARGEST_PAGE = 8 * 2**20  # bytes of feedback; an honest worksheet's has half a megabyte of style
# C0 and C1 controls but newline and tab, and what changes the direction of reading.
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass
class Graded:
    """A course after `course grade`, and what that printed."""

    canaries: Canaries
    printed: str

    def verdict(self, student: str) -> dict[str, object]:
        path = self.canaries.course / "verdicts" / ASSIGNMENT / f"{student}.json"
        verdict: dict[str, object] = json.loads(path.read_text())
        return verdict

    def page(self, student: str) -> Path:
        return self.canaries.course / "feedback" / student / ASSIGNMENT / "worksheet.html"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    with Canaries(tmp_path_factory.mktemp("course"), graded=True) as canaries:
        canaries.submit("zoe", json.dumps(solved_notebook()).encode())
        for attack in HAND_INS:
            data = attack.hand_in(solved_notebook(), canaries.places)
            attack.prepare(canaries.submit(f"m-{attack.slug}", data), canaries.places)
        done = course(canaries.course, "grade", ASSIGNMENT, "--seed", "20260118")
        assert done.returncode == 0, done.stdout + done.stderr
        yield Graded(canaries, done.stdout + done.stderr)


def course(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the `course` command in `folder`, and wait for its end."""
    command = [sys.executable, "-m", "course_lib.cli", *words]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=1500,
        check=False,
    )


@pytest.mark.parametrize("attack", HAND_INS, ids=[attack.slug for attack in HAND_INS])
def test_a_hand_in_earns_nothing_where_it_attacks(graded: Graded, attack: Attack) -> None:
    student = f"m-{attack.slug}"
    checks = graded.verdict(student)["checks"]
    assert isinstance(checks, list)
    assert [c["earned"] for c in checks if c["exercise"] == attack.cell] == [0.0]
    with Gradebook(f"sqlite:///{graded.canaries.course}/gradebook.db") as book:
        found = book.find_submission_notebook("worksheet", ASSIGNMENT, student)
        grades = {grade.name: (grade.auto_score, grade.max_score) for grade in found.grades}
    assert grades[f"check_{attack.cell}"] == (0.0, 3.0)
    assert sum(most for _, most in grades.values()) == ALL_POINTS + 2.0  # two are given by hand


def test_the_honest_have_every_point(graded: Graded) -> None:
    for student in HONEST:
        assert graded.verdict(student)["earned"] == ALL_POINTS
        with Gradebook(f"sqlite:///{graded.canaries.course}/gradebook.db") as book:
            assert book.find_submission(ASSIGNMENT, student).score == ALL_POINTS


def test_no_canary_was_touched(graded: Graded) -> None:
    assert graded.canaries.touched() == []
    secret = graded.canaries.secret.encode()
    for folder in ("verdicts", "autograded", "feedback", "reports"):
        for path in (graded.canaries.course / folder).rglob("*"):
            assert not path.is_symlink(), path
            assert not path.is_file() or secret not in path.read_bytes(), path


def test_nobody_fills_the_instructors_table(graded: Graded) -> None:
    """A name, and after it at most so many sentences, each of which takes up to three lines."""
    rows = re.split(r"^ (?=m-)", graded.printed, flags=re.MULTILINE)[1:]
    assert len(rows) >= len(HAND_INS) - 1
    for row in rows[:-1]:
        assert len(row.splitlines()) <= 3 * (REMARKS + 1), row


def test_nothing_acts_on_the_terminal(graded: Graded) -> None:
    assert ACTING.findall(graded.printed) == []
    assert max(map(len, graded.printed.splitlines())) < LONGEST_LINE


def test_every_text_of_a_verdict_is_plain(graded: Graded) -> None:
    for attack in HAND_INS:
        for text in texts(graded.verdict(f"m-{attack.slug}")):
            assert ACTING.findall(text) == [], (attack.slug, text[:200])


def texts(value: object) -> Iterator[str]:
    """Every string in a piece of JSON, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from texts(item)


class Page(HTMLParser):
    """Reads a page as a browser does, and keeps what would act in it."""

    def __init__(self) -> None:
        super().__init__()
        self.acts: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag if tag in ("script", "style") else ""
        for name, value in attrs:
            address = re.sub("[\t\n\r]", "", value or "").lstrip().lower()
            runs = address.startswith(("javascript:", "vbscript:", "data:text", "data:image/svg"))
            fetches = name in ("src", "srcset", "poster", "background") and "://" in address
            if name.startswith("on") or name == "srcdoc" or runs or fetches:
                self.acts.append(f"<{tag} {name}={value}>")
        if tag in ("iframe", "object", "embed", "base", "form"):
            self.acts.append(f"<{tag}>")

    def handle_data(self, data: str) -> None:
        if self._inside and "PWNED" in data:
            self.acts.append(f"<{self._inside}> {data[:100]}")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def test_the_reader_of_pages_finds_what_acts() -> None:
    page = Page()
    page.feed("<script>PWNED()</script><img onerror=a()><a href='java&#115;cript:x'>b</a><iframe>")
    page.feed("<img src=http://example.org/a.png><a href='https://example.org'>only a link</a>")
    assert len(page.acts) == 5


@pytest.mark.parametrize("attack", HAND_INS, ids=[attack.slug for attack in HAND_INS])
def test_nothing_acts_in_the_feedback(graded: Graded, attack: Attack) -> None:
    text = graded.page(f"m-{attack.slug}").read_text()
    honest = Page()
    honest.feed(graded.page("ada").read_text())
    page = Page()
    page.feed(text)
    assert [act for act in page.acts if act not in honest.acts] == []
    assert len(text) < LARGEST_PAGE
