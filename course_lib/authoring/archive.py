"""Packs what a student on a bare machine needs: one archive, one `pip install`, one `jupyter lab`.

dist/00_worksheet.zip
    00_worksheet/worksheet.ipynb, its data
    00_worksheet/README.md
    00_worksheet/requirements.txt          every package with its exact version
    00_worksheet/course_lib-0.1.0-py3-none-any.whl
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from course_lib.authoring.faults import AuthoringError
from course_lib.authoring.wheel import students_wheel, zip_of

README = """\
# {title}

You need Python {python}. In this folder:

    python -m venv .venv
    .venv/bin/pip install -r requirements.txt
    .venv/bin/jupyter lab {notebook}

(on Windows, `.venv\\Scripts\\` takes the place of `.venv/bin/`). Then run the cells from top to
bottom. Where a cell says `# YOUR CODE HERE`, the code is yours to write; the cell below it tells
you how it went, as often as you like. The same in a terminal, for all exercises at once:

    .venv/bin/course check {notebook}

and again at each save, with the next thing to mend: `.venv/bin/course watch {notebook}`.

Hand in the notebook, not the folder. Keep its name.
"""

# What students install besides what the notebooks import.
ALSO = ("jupyterlab",)


def write_archive(folder: Path, root: Path, title: str) -> Path:
    """Write `dist/ASSIGNMENT.zip` for a released `folder`; the same inputs give the same bytes."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wheel, wheel_bytes = students_wheel(project)
    notebook = sorted(folder.glob("*.ipynb"))[0].name
    readme = README.format(
        title=title.replace("_", " ").capitalize(),
        python=pythons(project["requires-python"]),
        notebook=notebook,
    )
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }
    files["README.md"] = readme.encode()
    files["requirements.txt"] = requirements(root, project["dependencies"], wheel).encode()
    files[wheel] = wheel_bytes
    archive = root / "dist" / f"{folder.name}.zip"
    archive.parent.mkdir(exist_ok=True)
    archive.write_bytes(zip_of({f"{folder.name}/{name}": data for name, data in files.items()}))
    return archive


def pythons(requirement: str) -> str:
    """``>=3.11,<3.14`` in words: 3.11 to 3.13."""
    allowed = SpecifierSet(requirement)
    minors = [minor for minor in range(100) if allowed.contains(f"3.{minor}")]
    return f"3.{minors[0]} to 3.{minors[-1]}"


def requirements(root: Path, dependencies: list[str], wheel: str) -> str:
    """requirements.txt: the wheel, and all that it and JupyterLab need, pinned as in our lock.

    Raises AuthoringError where the lock does not know a package that students need.
    """
    pinned = locked(root)
    needed = closure([*dependencies, *ALSO])
    missing = sorted(name for name in needed if name not in pinned)
    if missing:
        raise AuthoringError(
            f"requirements.lock has no version for {', '.join(missing)}. "
            "Next: install the project and lock it again"
        )
    lines = [f"{name}=={pinned[name]}" for name in sorted(needed)]
    return "\n".join([f"./{wheel}", *lines]) + "\n"


def locked(root: Path) -> dict[str, str]:
    """Package → version, from requirements.lock."""
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    return {
        canonicalize_name(match[1]): match[2]
        for match in re.finditer(r"^([A-Za-z0-9._-]+)==(\S+)", text, flags=re.MULTILINE)
    }


def closure(wanted: list[str]) -> set[str]:
    """Every package that the `wanted` ones need, themselves included, in this environment.

    What a requirement's marker rules out here (another system, another Python) is left to pip.
    """
    needed: set[str] = set()
    todo = [(Requirement(line), "") for line in wanted]
    done: set[tuple[str, str]] = set()
    while todo:
        requirement, extra = todo.pop()
        name = canonicalize_name(requirement.name)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        needed.add(name)
        try:
            lines = requires(name) or []
        except PackageNotFoundError as error:
            raise AuthoringError(
                f"{name} is needed by students but not installed here. "
                "Next: pip install -r requirements.lock"
            ) from error
        for inner in {"", *requirement.extras}:
            if (name, inner) not in done:
                done.add((name, inner))
                todo += [(Requirement(line), inner) for line in lines]
    return needed
