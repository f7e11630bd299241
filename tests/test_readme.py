"""The README and the other pages tell the truth: their commands, paths and pictures exist."""

import re
import subprocess
from pathlib import Path

import pytest

from course_lib.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PICTURE_LIMIT = 300 * 1024  # bytes: a README should open at once


def test_its_course_commands_exist():
    named = set(re.findall(r"(?:^    |`|bin/)course ([a-z-]+)", README, re.MULTILINE))
    assert named == set(main.commands) - {"demo"}  # that one is reached by `make demo`


def test_its_commands_are_in_the_pages_for_those_who_use_them():
    pages = re.findall(r"\]\((docs/\w+\.md)\) \| (`course.+`) \|$", README, re.MULTILINE)
    assert len(pages) == 4
    for page, commands in pages:
        text = (ROOT / page).read_text("utf-8")
        for command in re.findall(r"`(course \w+)`", commands):
            assert command in text, (page, command)


def test_its_make_targets_exist():
    rules = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^    make ([\w-]+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", rules, re.MULTILINE), target


def test_its_paths_exist():
    for path in re.findall(r"^\| `([^`]+)` \|", README, re.MULTILINE):
        assert (ROOT / path).exists(), path


FOLDERS = (".", "docs", "docs/reference")
PAGES = [page for folder in FOLDERS for page in (ROOT / folder).glob("*.md")]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        if not target.startswith(("https://", "/_gathered/")):  # the site's build checks the second
            assert (page.parent / target).exists(), target


# Paths in code spans and in indented lines: to a file, or into one of the folders that pages name.
NAMED = re.compile(
    r"(?<![\w./@-])(?:(?:[\w.-]+/)*[\w-]+\.(?:py|md|json|lock|toml)\b"
    r"|(?:course_lib|tests|benchmarks|docs)/[\w./-]*)"
)
SEEN_FROM = (".", "course_lib", "benchmarks", "tests/attacks")  # where the pages leave a folder out
MADE = re.compile(r"docs/_|NN_topic")  # by `make docs`; by an author
# The paths of its reader's course, which tests/docs/ makes; of earlier versions.
NOT_HERE = ("author.md", "CHANGELOG.md")


def missing(page, text):
    """The paths that a page names, and that are not there."""
    spans = re.findall(r"`([^`\n]+)`|^    (.*)$", text, re.MULTILINE)
    paths = {path for span in spans for path in NAMED.findall("".join(span))}
    folders = [page.parent, *(ROOT / folder for folder in SEEN_FROM)]
    return sorted(
        path
        for path in paths
        if not MADE.search(path) and not any((folder / path).exists() for folder in folders)
    )


@pytest.mark.parametrize("page", [p for p in PAGES if p.name not in NOT_HERE], ids=str)
def test_the_paths_that_a_page_names_exist(page):
    assert missing(page, page.read_text("utf-8")) == []


def test_a_path_that_does_not_exist_is_found():
    text = (
        "See `tests/jail/`, `grading/gone.py`, `tests/sandbox/`.\n\n    python benchmarks/no.py\n"
    )
    gone = ["benchmarks/no.py", "grading/gone.py", "tests/jail/"]
    assert missing(ROOT / "SECURITY.md", text) == gone


def test_its_pictures_are_small():
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / picture).stat().st_size < PICTURE_LIMIT, picture


def test_ci_runs_what_it_tells():
    commands = [
        line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line.startswith("make")
    ]
    told = README.partition("## Tests")[2]
    assert commands and all(f"    {command}" in told for command in commands)


def test_no_tracked_file_names_a_machine():
    tracked = subprocess.run(
        ["git", "grep", "-lE", r"(^|[\"' (=])/(root|work|opt/[a-z]+)/", "--", "*.md", "*.toml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert tracked.stdout == ""
