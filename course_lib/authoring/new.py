"""Starts an assignment from templates: a short lesson, its claims, another right answer.

    new("01_pendulum", Path("."))    # source/01_pendulum/pendulum.nb.py, assignments/01_pendulum/

What is written builds, audits and releases as it is; its comments say what to change. Nothing that
exists is overwritten. In a folder that is not a course yet, nbgrader_config.py makes it one.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from course_lib.errors import AuthoringError

CONFIG = "nbgrader_config.py"
EXERCISE, ALTERNATIVE = "weighted_mean", "with_numpys_average"  # of the templates
# Names that are folders of one kind everywhere, in nbgrader's database and in Python.
NAME = re.compile(r"[0-9]{2,}_[a-z][a-z0-9]*(_[a-z0-9]+)*")


def new(assignment: str, root: Path) -> list[Path]:
    """Write the files of a new `assignment` under `root`; returns their paths, in order.

    Raises AuthoringError for a name that is not `NN_topic`, and where the assignment exists.
    """
    if not NAME.fullmatch(assignment):
        raise AuthoringError(
            f"{assignment!r} cannot be an assignment's name. Next: write two digits, an underscore "
            f"and a topic in small letters, digits and underscores, such as {suggested(assignment)}"
        )
    topic = assignment.partition("_")[2]
    taken = [f"{folder}/{assignment}" for folder in ("source", "assignments")]
    if found := [name for name in taken if (root / name).exists()]:
        raise AuthoringError(
            f"{' and '.join(f'{name}/' for name in found)} exist{'s' * (len(found) == 1)}, and "
            "nothing is overwritten. Next: edit what is there, or choose another name"
        )
    content = root / "assignments" / assignment
    wanted = {
        root / "source" / assignment / f"{topic}.nb.py": "topic.nb.py.txt",
        content / f"{EXERCISE}.py": "exercise.py.txt",
        content / "alternatives" / EXERCISE / f"{ALTERNATIVE}.py": "alternative.py.txt",
    }
    if not (root / CONFIG).exists():
        wanted = {root / CONFIG: f"{CONFIG}.txt", **wanted}
    words = {
        "assignment": assignment,
        "title": topic.replace("_", " ").capitalize(),
        "course": re.sub(r"[^A-Za-z0-9_-]+", "-", root.resolve().name).strip("-") or "course",
    }
    for path, template in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(filled(template, words))
    return list(wanted)


def filled(template: str, words: dict[str, str]) -> str:
    """A template's text with `{{name}}` replaced by the word of that name."""
    text = (files("course_lib.authoring") / "templates" / template).read_text("utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: words[found[1]], text)


def suggested(name: str) -> str:
    """The nearest name that an assignment may have.

    >>> suggested("Pendulum 1")
    '01_pendulum_1'
    """
    number, rest = re.match(r"\W*([0-9]*)(.*)", name, re.DOTALL).groups()  # type: ignore[union-attr]  # it always matches
    topic = re.sub(r"[^a-z0-9]+", "_", rest.lower()).strip("_").lstrip("0123456789_")
    return f"{number or '1':0>2}_{topic or 'pendulum'}"
