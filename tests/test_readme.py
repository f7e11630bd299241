"""The README tells the truth: its commands, paths and pictures exist."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from course_lib.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PICTURE_LIMIT = 300 * 1024  # bytes: a README should open at once


def test_its_course_commands_exist():
    named = set(re.findall(r"(?:^    |`|bin/)course ([a-z]+)", README, re.MULTILINE))
    assert named == set(main.commands) - {"demo"}  # that one is reached by `make demo`


def test_its_make_targets_exist():
    rules = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^    make ([\w-]+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", rules, re.MULTILINE), target


def test_its_paths_exist():
    for path in re.findall(r"^\| `([^`]+)` \|", README, re.MULTILINE):
        assert (ROOT / path).exists(), path


def test_every_room_of_the_house_is_in_its_table():
    rooms = {path.parent.name for path in (ROOT / "course_lib").glob("*/__init__.py")}
    assert rooms == set(re.findall(r"^\| `course_lib/(\w+)/`", README, re.MULTILINE))


def imports(path):
    """The rooms of the house that a file imports from, however it is spelt."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{name.name}" for name in node.names]
        else:
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            house, _, rest = name.partition(".")
            room = rest.partition(".")[0]
            if house == "course_lib" and list((ROOT / house).glob(f"{room}*")) and room:
                yield room


def test_imports_run_the_way_that_it_draws():
    floors = re.search(r"^Imports run one way, upwards: (.+)\.$", README, re.MULTILINE)[1]
    floor = {
        room: height
        for height, rooms in enumerate(floors.split(" → "))
        for room in re.findall(r"`(\w+)`", rooms)
    }
    package = ROOT / "course_lib"
    seen = set()
    for path in package.rglob("*.py"):
        inside = path.relative_to(package).parts[0].removesuffix(".py")
        if inside == "__init__":
            continue  # the front door, which leads to `student` when it is opened
        for imported in imports(path):
            assert inside == imported or floor[imported] < floor[inside], (path, imported)
            seen |= {inside, imported}
    assert seen == set(floor)


@pytest.mark.parametrize("page", [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")], ids=str)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        if not target.startswith("https://"):
            assert (page.parent / target).exists(), target


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
