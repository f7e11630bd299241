"""Builds a notebook from its readable twin: the same text always gives the same bytes.

An instructor writes `source/NN_topic/topic.nb.py` in jupytext's py:percent form, which can be read,
reviewed and merged as text. The notebook beside it is made from it, with no outputs, a fixed
kernel, and cell ids that depend on nothing but the cells:

    build("05_hamiltonian", root)    # writes source/05_hamiltonian/hamiltonian.ipynb
    out_of_sync(root)                # [] while every notebook is what its twin says
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from course_lib.errors import AuthoringError
from course_lib.notebook.reading import cells_of

TWIN = ".nb.py"
MARKER = re.compile(r"# ?%%")  # jupytext's, at the beginning of a line
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def build(assignment: str, root: Path) -> list[Path]:
    """Write the notebook of every twin in `source/ASSIGNMENT`; returns the notebooks' paths.

    A notebook that is already right is left untouched.
    Raises AuthoringError where there is no such assignment or a twin cannot be read.
    """
    built = []
    for twin in twins(assignment, root):
        notebook, text = notebook_path(twin), notebook_text(twin)
        if not notebook.is_file() or notebook.read_text(encoding="utf-8") != text:
            notebook.write_text(text, encoding="utf-8", newline="\n")
        built.append(notebook)
    return built


def out_of_sync(root: Path, assignment: str = "*") -> list[Path]:
    """The notebooks in `source/` that are missing, differ from their twin, or have none.

    A plain assignment, in which no notebook has one, is left alone.
    """
    folders = {twin.parent for twin in (root / "source").glob(f"{assignment}/*{TWIN}")}
    found = {notebook for folder in folders for notebook in folder.glob("*.ipynb")}
    expected = {}
    for twin in sorted((root / "source").glob(f"{assignment}/*{TWIN}")):
        expected[notebook_path(twin)] = notebook_text(twin)
    wrong = found - set(expected)
    for notebook, text in expected.items():
        if notebook not in found or notebook.read_text(encoding="utf-8") != text:
            wrong.add(notebook)
    return sorted(wrong)


def assignments(root: Path) -> list[str]:
    """The names of all assignments that have a twin, in order."""
    return sorted({twin.parent.name for twin in (root / "source").glob(f"*/*{TWIN}")})


def twins(assignment: str, root: Path) -> list[Path]:
    """The `.nb.py` files of one assignment; raises AuthoringError where there is none."""
    found = sorted((root / "source" / assignment).glob(f"*{TWIN}"))
    if not found:
        known = ", ".join(assignments(root)) or "none yet"
        raise AuthoringError(
            f"source/{assignment}/ has no {TWIN} file. Assignments that do: {known}. "
            f"Next: check the name, or write source/{assignment}/TOPIC{TWIN}"
        )
    return found


def notebook_path(twin: Path) -> Path:
    """`topic.nb.py` → `topic.ipynb`, in the same folder."""
    return twin.with_name(twin.name.removesuffix(TWIN) + ".ipynb")


def notebook_text(twin: Path) -> str:
    """The notebook of a twin as the text of an .ipynb file, with a newline at its end."""
    return nbformat.writes(read_twin(twin)) + "\n"


def read_twin(twin: Path) -> NotebookNode:
    """The notebook that a twin describes: no outputs, fixed metadata, ids from the content."""
    try:
        notebook = jupytext.reads(twin.read_text(encoding="utf-8"), fmt="py:percent")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise AuthoringError(
            f"{twin.name} cannot be read: {error}. "
            "Next: see that it is UTF-8 text in jupytext's py:percent form"
        ) from error
    notebook.nbformat, notebook.nbformat_minor = 4, 5  # 4.5 is the first with cell ids
    notebook.metadata = nbformat.from_dict(METADATA)
    seen: Counter[str] = Counter()
    try:
        for cell, node in zip(cells_of(notebook), notebook.cells, strict=True):
            name = cell.grade_id or content_name(node)
            node.id = name if not seen[name] else f"{name}-{seen[name] + 1}"
            seen[name] += 1
            if cell.is_code:
                node.outputs, node.execution_count = [], None
        nbformat.validate(notebook)
    except (ValueError, nbformat.ValidationError) as error:
        raise AuthoringError(
            f"{twin.name} is not a valid notebook: {getattr(error, 'message', error)}. "
            "Next: look at the metadata after '# %%' in the cell named there"
        ) from error
    return notebook


def lines_of_cells(twin: Path) -> list[int]:
    """The line of each cell's marker in a twin, from 1, in the order of the cells.

    A cell of an ordinary twin begins with a marker; where the first does not, it begins at line 1.
    """
    lines = twin.read_text(encoding="utf-8").splitlines()
    marked = [number for number, line in enumerate(lines, 1) if MARKER.match(line)]
    return [1, *marked] if len(marked) + 1 == len(read_twin(twin).cells) else marked


def content_name(node: NotebookNode) -> str:
    """A cell's id where it has no grade_id: a hash of what it says."""
    content = json.dumps([node.cell_type, node.source, node.metadata], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:12]
