"""The notebook that goes into `autograded/`: a submission, then its verdict, as nbgrader reads it.

    nb = handed_in(submission, skeleton)     # the cells, with the instructor's ids and points
    show(nb, verdict)                        # outputs, and for each test cell its result

nbgrader's own SaveAutoGrades scores a test cell by its outputs: an error is zero, a result that is
a number is that many points, anything else is full points, and so is nothing. So a test cell that
the verdict does not speak of gets an error here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_notebook

from course_lib.checks import card
from course_lib.grading.cells import Cell, Submission
from course_lib.grading.skeleton import DEMONSTRATION, TEST_PREFIX, Kind, Skeleton, SkeletonCell
from course_lib.grading.text import harmless_markdown, markdown_text, plain, without_gaps
from course_lib.grading.verdict import CheckResult, Verdict

HASH = "content_hash"  # under `course` in the notebook's metadata: what the verdict must be about
SOURCE_LIMIT = 200_000

_AS_HANDED_IN = "As handed in; not run again for the grade."
_NOT_RUN = "Not run for the grade: nothing that is graded depends on this cell."
_STOPPED = {
    "timeout": "This cell was stopped: its time was up.",
    "skipped": "This cell was not run.",
}
_NO_RESULT = "This cell was not run: the notebook had stopped before."


def handed_in(submission: Submission, skeleton: Skeleton) -> NotebookNode:
    """A submission as a notebook; ids, points and tags are the skeleton's. Nothing is judged yet.

    What a student wrote stays code, or Markdown without markup that acts.
    """
    cells = [_cell(cell, skeleton.by_id.get(cell.id)) for cell in submission.cells]
    if submission.notices:
        cells.insert(0, _banner(submission.notices))
    metadata = {
        **skeleton.metadata,
        "course": {HASH: submission.content_hash, "readable": submission.readable},
    }
    nb: NotebookNode = new_notebook(cells=cells, metadata=from_dict(metadata))
    return nb


def show(nb: NotebookNode, verdict: Verdict) -> None:
    """Fill in what running the cells showed, and each test cell's result."""
    checks = {check["exercise"]: check for check in verdict["checks"]}
    readable = nb.metadata.get("course", {}).get("readable", True)
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        grading = cell.metadata.get("nbgrader", {})
        if grading.get("grade") and not grading.get("solution"):
            check = checks.get(grading["grade_id"].removeprefix(TEST_PREFIX))
            cell.outputs = [from_dict(o) for o in result(check, float(grading["points"]))]
        else:
            cell.outputs = [from_dict(o) for o in _shown(cell, verdict, readable)]


def result(check: CheckResult | None, points: float) -> list[dict[str, Any]]:
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
    earned = check["earned"]
    if earned >= points:
        return [shown]
    return [shown, _points(earned, points, "")]


def _points(earned: float, points: float, why: str) -> dict[str, Any]:
    words = f"{earned:g} of {points:g} points"
    if earned > 0:
        data = {"text/plain": repr(float(earned)), "text/html": f"<p>{words}</p>"}
        return _output("execute_result", data) | {"execution_count": None}
    full = f"{words}. {why}".rstrip()
    return {"output_type": "error", "ename": "NoPoints", "evalue": full, "traceback": [full]}


def _output(kind: str, data: dict[str, str]) -> dict[str, Any]:
    return {"output_type": kind, "data": data, "metadata": {}}


def _shown(cell: NotebookNode, verdict: Verdict, readable: bool) -> list[dict[str, Any]]:
    ran = verdict.get("cells", {}).get(cell.id)
    if ran is not None and ran["status"] != "skipped":
        outputs = [dict(output) for output in ran["outputs"]]
        return outputs + ([_note(_STOPPED["timeout"])] if ran["status"] == "timeout" else [])
    if DEMONSTRATION in cell.metadata.get("tags", []):
        return [_note(_AS_HANDED_IN), *cell.outputs] if cell.outputs else [_note(_NOT_RUN)]
    if not readable or not cell.source.strip():
        return []
    return [_note(_NO_RESULT if ran is None else _STOPPED["skipped"])]


def _note(sentence: str) -> dict[str, Any]:
    html = f'<p style="opacity:.75;font-style:italic;margin:.2em 0">{sentence}</p>'
    return _output("display_data", {"text/html": html, "text/plain": sentence})


def _banner(notices: tuple[str, ...]) -> NotebookNode:
    lines = "\n".join(f"- {markdown_text(notice)}" for notice in notices)
    return _node("markdown", f"**About this hand-in**\n\n{lines}", "notices")


def _cell(cell: Cell, owner: SkeletonCell | None) -> NotebookNode:
    metadata = _metadata(owner.metadata) if owner else {}
    theirs = cell.changed or cell.role == "extra"
    source = without_gaps(plain(cell.source, SOURCE_LIMIT)) if theirs else cell.source
    if cell.role == "solution" and cell.missing:
        source = "# This cell was not in the notebook that was handed in."
    if cell.kind == "code":
        outputs = {"outputs": list(cell.outputs), "execution_count": None}
        return _node("code", source, cell.id, metadata, **outputs)
    if cell.kind == "raw" and not theirs:
        return _node("raw", source, cell.id, metadata)
    if theirs:
        if cell.kind == "raw":  # a page would show it as markup; indented, it is text
            source = "\n".join("    " + line for line in source.splitlines())
        source = harmless_markdown(source)
    pictures = {"attachments": cell.attachments} if cell.attachments else {}
    return _node("markdown", source, cell.id, metadata, **pictures)


def _node(
    kind: Kind, source: str, id_: str, metadata: Mapping[str, Any] | None = None, **more: Any
) -> NotebookNode:
    """A cell. nbconvert validates the whole notebook; nbformat's makers would each cell before."""
    about = {"cell_type": kind, "id": id_, "metadata": dict(metadata or {}), "source": source}
    node: NotebookNode = from_dict(about | more)
    return node


def _metadata(released: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in released.items() if key in ("nbgrader", "tags")}
