"""How course_lib hangs together: imports run one way, and the engine names no lesson."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "course_lib"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def part(path):
    """The folder or module of course_lib that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


PARTS = {part(path) for path in PACKAGE.rglob("*.py")} - {"__init__"}


def imported(source):
    """The parts of course_lib that some source imports from, however it is spelt."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{name.name}" for name in node.names]
        else:
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            package, _, rest = name.partition(".")
            found = rest.partition(".")[0]
            if package == "course_lib" and found in PARTS:
                yield found


def floors():
    """Part → its place in the order that CONTRIBUTING.md gives."""
    order = re.search(r"^Imports run one way: (.+)\.$", CONTRIBUTING, re.MULTILINE)[1]
    return {
        name: floor
        for floor, names in enumerate(order.split(" → "))
        for name in re.findall(r"`(\w+)`", names)
    }


def upwards(where, source):
    """What `source`, which belongs to `where`, imports although it may not."""
    floor = floors()
    return [to for to in imported(source) if to != where and floor[to] >= floor[where]]


def test_no_two_files_of_tests_have_one_name():
    """pytest imports them by their names, and leaves out the second."""
    files = [
        path for folder in ("tests", "assignments") for path in ROOT.glob(f"{folder}/**/test_*.py")
    ]
    names = [path.name for path in files if ".venv" not in path.parts]
    assert {name for name in names if names.count(name) > 1} == set()


def test_every_part_has_a_place_in_the_order():
    assert set(floors()) == PARTS


@pytest.mark.parametrize("where", sorted(PARTS))
def test_imports_run_one_way(where):
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in PACKAGE.rglob("*.py")
        if part(path) == where and (found := upwards(where, path.read_text("utf-8")))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "line",
    [
        "from course_lib.grading import verdict",
        "import course_lib.grading.verdict as v",
        "from course_lib import grading",
        "def later():\n    from course_lib.grading.course import Course",
    ],
)
def test_an_import_the_other_way_is_found(line):
    assert upwards("claims", line) == ["grading"]
    assert upwards("report", line) == []


def test_every_folder_is_described_in_contributing():
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders == set(re.findall(r"^\| `(\w+)/` \|", CONTRIBUTING, re.MULTILINE))


LESSONS = r"log_like|log_s|theta0|00_worksheet"


def test_the_engine_names_no_lesson():
    found = subprocess.run(
        ["grep", "-rnE", LESSONS, "course_lib", "--include=*.py", "--exclude-dir=inference"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    assert found == []


def test_inference_names_a_lessons_functions_in_docstrings_only():
    for path in (PACKAGE / "inference").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        found = [name for name in names if re.fullmatch(r".*log_like.*|log_s|theta0", name)]
        assert found == [], path


FOLDERS = [path.parent for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_every_folder_lists_its_modules(folder):
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    words = set(re.findall(r"\w+", said))
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    assert (modules | packages) - words == set()
