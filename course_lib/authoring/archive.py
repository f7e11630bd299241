"""Packs what a student on a bare machine needs: one archive, one `pip install`, one `jupyter lab`.

dist/05_hamiltonian.zip
    05_hamiltonian/hamiltonian.ipynb, its data
    05_hamiltonian/README.md
    05_hamiltonian/requirements.txt        the two wheels below, and what a bare machine needs
    05_hamiltonian/course_lib-…-py3-none-any.whl                        the engine
    05_hamiltonian/course_assignment_05_hamiltonian-…-py3-none-any.whl  the assignment's checks
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from packaging.specifiers import SpecifierSet

from course_lib.authoring import requirements
from course_lib.authoring.requirements import DISTRIBUTION
from course_lib.authoring.wheel import assignment_wheel, engine_wheel, zip_of
from course_lib.claims.assignment import Assignment

README = """\
# {title}

You need Python {python}. {size}In this folder, on Linux and macOS:

    python3 -m venv .venv
    .venv/bin/pip install -r requirements.txt
    .venv/bin/jupyter lab {notebook}

and on Windows:

    py -m venv .venv
    .venv\\Scripts\\pip install -r requirements.txt
    .venv\\Scripts\\jupyter lab {notebook}

Then run the cells from top to bottom. Where a cell says `# YOUR CODE HERE`, the code is yours to
write; the cell below it tells you how it went, as often as you like. The same in a terminal, for
all exercises at once (on Windows, `.venv\\Scripts\\course`):

    .venv/bin/course check {notebook}

and again at each save, with the next thing to fix: `.venv/bin/course watch {notebook}`.

On Colab, upload all files of this folder, and run `%pip install *.whl` in a cell.

Hand in the notebook, not the folder. Keep its name.
"""

TENSORFLOW = (  # measured with TensorFlow 2.21 on Python 3.12
    "About 450 MB are downloaded, most of it TensorFlow, and 2 GB of disk are used:\n"
    "some three minutes with 50 Mbit/s. Macs with an Intel processor are not supported, since\n"
    "TensorFlow has no package for them any more. "
)


def write_archive(
    folder: Path, root: Path, title: str, assignment: Assignment | None, imports: Iterable[str]
) -> Path:
    """Write `dist/ASSIGNMENT.zip` for a released `folder`; the same inputs give the same bytes.

    assignment: its claims, if there are any. imports: the modules that its notebook imports.
    """
    imports = list(imports)
    wheels = [engine_wheel()]
    if assignment is not None:
        wheels.append(assignment_wheel(assignment, imports))
    notebook = sorted(folder.glob("*.ipynb"))[0].name
    readme = README.format(
        title=title.replace("_", " ").capitalize(),
        python=pythons(metadata.metadata(DISTRIBUTION)["Requires-Python"] or ">=3.11"),
        notebook=notebook,
        size=TENSORFLOW if "tensorflow" in imports else "",
    )
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }
    files["README.md"] = readme.encode()
    lines = [*(f"./{wheel.name}" for wheel in wheels), *requirements.of_machine(imports)]
    files["requirements.txt"] = ("\n".join(lines) + "\n").encode()
    files |= {wheel.name: wheel.data for wheel in wheels}
    archive = root / "dist" / f"{folder.name}.zip"
    archive.parent.mkdir(exist_ok=True)
    packed = zip_of({f"{folder.name}/{name}": data for name, data in files.items()})
    beside = archive.with_name(f".{archive.name}.new")
    beside.write_bytes(packed)
    return beside.replace(archive)


def pythons(requirement: str) -> str:
    """``>=3.11,<3.14`` in words: 3.11 to 3.13."""
    allowed = SpecifierSet(requirement)
    minors = [minor for minor in range(100) if allowed.contains(f"3.{minor}")]
    return f"3.{minors[0]} to 3.{minors[-1]}"
