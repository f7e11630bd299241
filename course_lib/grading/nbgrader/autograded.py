"""The notebook that goes into `autograded/`: a submission, then its verdict, as nbgrader reads it.

    nb = handed_in(submission, released)     # the cells, with the instructor's ids and points
    show(nb, verdict)                        # outputs, and for each test cell its result

nbgrader's own SaveAutoGrades scores a test cell by its outputs: an error is zero, a result that is
a number is that many points, anything else is full points, and so is nothing. So a test cell that
the verdict does not speak of gets an error here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_notebook

from course_lib.digest import short
from course_lib.feedback import card
from course_lib.feedback.results import ExerciseReport
from course_lib.grading.parts import part_of
from course_lib.grading.submission.allowance import CODE, WORDS, TextAllowance
from course_lib.grading.submission.markdown import harmless_markdown, picture_names
from course_lib.grading.submission.markup import markdown_text, plain, without_gaps
from course_lib.grading.verdict import Verdict, digest
from course_lib.limits import SOURCE_LIMIT
from course_lib.notebook.cell import Kind
from course_lib.notebook.reading import cells_of
from course_lib.notebook.released_notebook import ReleasedCell, ReleasedNotebook
from course_lib.notebook.submission import Submission, SubmittedCell
from course_lib.text import in_points

# Under `course` in the notebook's metadata:
HASH = "content_hash"  # what the verdict must be about
SHOWN = "shown"  # the digest of all that is shown of a hand-in, its verdict aside
WRITTEN = "written"  # the same, with the verdict: changes when this notebook has to be written anew
# Under `course` in the metadata of a result's card:
BUILT_ON = "built_on"  # the exercises that are to be mended first

_AS_HANDED_IN = "As handed in; not run again for the grade."
_NOT_RUN = "Not run for the grade: nothing that is graded depends on this cell."
_STOPPED = {
    "timeout": "This cell was stopped: its time was up.",
    "skipped": "This cell was not run.",
}
_CUT = "\n\n{}The rest is not shown: this notebook is too long for a page. All of it was graded."
_BANNER = "notices"  # the id of the cell that says what is said of the hand-in
_NO_RESULT = "This cell was not run: the notebook had stopped before."


def handed_in(submission: Submission, released: ReleasedNotebook) -> NotebookNode:
    """A submission's notebook, as it was released; ids, points and tags are the release's.

    Nothing is judged yet.

    What a student wrote stays code, or Markdown without markup that acts.
    """
    allowance, part = TextAllowance(), submission.part(released.notebook)
    cells = [_cell(cell, released.by_id.get(cell.id), allowance) for cell in part.cells]
    if part.notices:
        cells.insert(0, _banner(part.notices))
    metadata = {
        **released.metadata,
        "course": {HASH: submission.content_hash, "readable": part.readable},
    }
    nb: NotebookNode = new_notebook(cells=cells, metadata=from_dict(metadata))
    return nb


def shown(submission: Submission, released: ReleasedNotebook, beside: object) -> NotebookNode:
    """`handed_in`, with the digest of what is in it and of what lies `beside` it, as a time stamp.

    Written answers, outputs, pictures, what is said about the hand-in, and the release's points.
    """
    nb = handed_in(submission, released)
    content = json.dumps(nb, sort_keys=True) + repr(beside)
    nb.metadata["course"][SHOWN] = hashlib.sha256(content.encode()).hexdigest()
    return nb


def written(nb: NotebookNode, verdict: Verdict) -> str:
    """What `nb`, made by `shown`, has as WRITTEN once it shows `verdict`."""
    return short((nb.metadata["course"][SHOWN], digest(verdict)))


def mark(nb: NotebookNode, verdict: Verdict) -> None:
    """Note in `nb` that it is what was made of this hand-in and this verdict."""
    nb.metadata["course"][WRITTEN] = written(nb, verdict)


def show(nb: NotebookNode, verdict: Verdict) -> None:
    """Fill in what running the cells showed, and each test cell's result."""
    checks = {check["exercise"]: check for check in verdict["checks"]}
    readable = nb.metadata.get("course", {}).get("readable", True)
    for cell, node in zip(cells_of(nb), nb.cells, strict=True):
        if not cell.is_code:
            continue
        if cell.role == "test":
            outputs = result(checks.get(cell.exercise or ""), cell.points)
        else:
            outputs = _shown(node, cell.demonstration, verdict, readable)
        node.outputs = [from_dict(output) for output in outputs]
    _tell(nb, tuple(verdict.get("run_notices", [])))


def earned(verdict: Verdict, released: ReleasedNotebook) -> dict[str, float]:
    """What nbgrader makes of each test cell's `result`: points, by the cell's name."""
    part = part_of(verdict, released.notebook)
    checks = {check["exercise"]: check for check in part["checks"]}
    found: dict[str, float] = {}
    for cell in released.cells:
        if cell.role == "test" and cell.grade_id:
            check = checks.get(cell.exercise or "")
            counts = check is not None and check["points"] == cell.points
            found[cell.grade_id] = min(check["earned"], cell.points) if check and counts else 0.0
    return found


def result(check: ExerciseReport | None, points: float) -> list[dict[str, Any]]:
    """The outputs of one test cell, which nbgrader scores as `check["earned"]` of `points`."""
    if check is None:
        return [_points(0.0, points, "There is no result for this cell.")]
    if check["points"] != points:
        return [
            _points(
                0.0,
                points,
                f"The result is for {check['points']:g} points and this cell has {points:g}: "
                "grade the assignment again.",
            )
        ]
    shown = _output("display_data", {"text/html": card.html(check), "text/plain": card.text(check)})
    if first := check.get("built_on"):
        shown["metadata"] = {"course": {BUILT_ON: list(first)}}
    earned = check["earned"]
    if earned >= points:
        return [shown]
    return [shown, _points(earned, points, "")]


def _points(earned: float, points: float, why: str) -> dict[str, Any]:
    words = f"{earned:g} of {in_points(points)}"
    if earned > 0:
        data = {"text/plain": repr(float(earned)), "text/html": f"<p>{words}</p>"}
        return _output("execute_result", data) | {"execution_count": None}
    full = f"{words}. {why}".rstrip()
    return {"output_type": "error", "ename": "NoPoints", "evalue": full, "traceback": [full]}


def _output(kind: str, data: dict[str, str]) -> dict[str, Any]:
    return {"output_type": kind, "data": data, "metadata": {}}


def _shown(
    node: NotebookNode, demonstration: bool, verdict: Verdict, readable: bool
) -> list[dict[str, Any]]:
    ran = verdict.get("cells", {}).get(node.id)
    if ran is not None and ran["status"] != "skipped":
        outputs = [dict(output) for output in ran["outputs"]]
        return outputs + ([_note(_STOPPED["timeout"])] if ran["status"] == "timeout" else [])
    if demonstration:
        return [_note(_AS_HANDED_IN), *node.outputs] if node.outputs else [_note(_NOT_RUN)]
    if not readable or not node.source.strip():
        return []
    return [_note(_NO_RESULT if ran is None else _STOPPED["skipped"])]


def _note(sentence: str) -> dict[str, Any]:
    html = f'<p style="opacity:.75;font-style:italic;margin:.2em 0">{sentence}</p>'
    return _output("display_data", {"text/html": html, "text/plain": sentence})


def _tell(nb: NotebookNode, notices: tuple[str, ...]) -> None:
    """Add what running the cells gave to what is said of the hand-in."""
    if not notices:
        return
    if nb.cells and nb.cells[0].id == _BANNER:
        nb.cells[0].source += "\n" + _listed(notices)
    else:
        nb.cells.insert(0, _banner(notices))


def _banner(notices: tuple[str, ...]) -> NotebookNode:
    return _node("markdown", f"**About this hand-in**\n\n{_listed(notices)}", _BANNER)


def _listed(notices: tuple[str, ...]) -> str:
    return "\n".join(f"- {markdown_text(notice)}" for notice in notices)


def _cell(
    cell: SubmittedCell, owner: ReleasedCell | None, allowance: TextAllowance
) -> NotebookNode:
    metadata = _metadata(owner.metadata) if owner else {}
    theirs = cell.changed or cell.role == "extra"
    source = cell.source
    if theirs:
        piece_of, mark = (CODE, "# ") if cell.kind == "code" else (WORDS, "")
        source = without_gaps(plain(source, SOURCE_LIMIT))
        source = allowance.cut(source, piece_of, _CUT.format(mark))
    if cell.role == "solution" and cell.missing:
        source = "# This cell was not in the notebook that was handed in."
    if cell.kind == "code":
        outputs = {"outputs": list(cell.outputs), "execution_count": None}
        return _node("code", source, cell.id, metadata, **outputs)
    if cell.kind == "raw" and not theirs:
        return _node("raw", source, cell.id, metadata)
    if not theirs:
        given = {"attachments": dict(owner.attachments)} if owner and owner.attachments else {}
        return _node("markdown", source, cell.id, metadata, **given)
    if cell.kind == "raw":  # a page would show it as markup; indented, it is text
        source = "\n".join("    " + line for line in source.splitlines())
    names = picture_names(cell.attachments)
    source = harmless_markdown(source, names)
    shown = dict(zip(names.values(), cell.attachments.values(), strict=True))
    return _node("markdown", source, cell.id, metadata, **({"attachments": shown} if shown else {}))


def _node(
    kind: Kind, source: str, id_: str, metadata: Mapping[str, Any] | None = None, **more: Any
) -> NotebookNode:
    """A cell. nbconvert validates the whole notebook; nbformat's makers would each cell before."""
    about = {"cell_type": kind, "id": id_, "metadata": dict(metadata or {}), "source": source}
    node: NotebookNode = from_dict(about | more)
    return node


def _metadata(released: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in released.items() if key in ("nbgrader", "tags")}
