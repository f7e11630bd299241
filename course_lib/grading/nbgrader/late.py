"""Late penalties: worked out by the course's own rule, whenever it may give something else.

    work_out(converter, "05_hamiltonian", "hamiltonian", "ada", db_url)

A penalty depends on the due date, the extension, the time of the hand-in, points given by hand and
the rule, none of which makes a verdict another one.
"""

from __future__ import annotations

from nbformat.v4 import new_notebook
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.utils.importstring import import_item


def work_out(
    converter: Autograde, assignment: str, notebook: str, student: str, db_url: str
) -> None:
    """Let the steps of `converter` that give late penalties do so; no other step is run."""
    about = {
        "assignment": assignment,
        "notebook": notebook,
        "student": student,
        "db_url": db_url,
    }
    for step in converter.autograde_preprocessors:
        kind = import_item(step) if isinstance(step, str) else step
        if isinstance(kind, type) and issubclass(kind, AssignLatePenalties):
            kind(parent=converter, enabled=True)(new_notebook(), {"nbgrader": about})
