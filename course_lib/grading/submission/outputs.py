"""Notebook outputs that a submission made, as data: text, pictures and tables, with limits.

    clean_outputs([{"output_type": "stream", "name": "stdout", "text": "\\x1b[1mhi"}])
    # [{"output_type": "stream", "name": "stdout", "text": "hi"}]

What passes: streams, errors, text/plain; PNG and JPEG, decoded and encoded anew; HTML tables,
reduced to rows and cells. Scripts, styles, widgets, SVG, LaTeX, Markdown and metadata do not. An
output is never refused as a whole: what does not pass is left out, and that is said.
"""

from __future__ import annotations

import re
from typing import Any

import nh3

from course_lib.grading.submission.allowance import OutputAllowance
from course_lib.grading.submission.markup import harmless_tex
from course_lib.grading.submission.pictures import clean_image
from course_lib.text import plain, readable

Output = dict[str, Any]

COUNT_LIMIT = 100  # outputs of one cell, after neighbouring streams are joined
TEXT_LIMIT = 50_000  # characters of one output: some twenty pages
HTML_LIMIT = 200_000  # characters of a table's HTML before cleaning
TAG_LIMIT = 10_000  # tags in it, before and after: a table of a few thousand cells
NESTING_LIMIT = 100  # table tags open at once: notebooks nest two, and later readers recurse
# Tags times tags that are not a table's. An HTML parser opens an unclosed <b> or <font> again in
# each later paragraph or row, so this bounds the elements that it makes. Measured: 0.2 s, 110 MB.
# 2,000 tags may have 500 links among them.
REOPENED_LIMIT = 1_000_000
TABLE_TAGS = frozenset({"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"})
_SPANS = {str(n) for n in range(1, 1001)}  # 1000 is HTML's own limit of a colspan
# Removed with their content, which is code or source; of other tags the words inside stay.
_SOURCE_TAGS = {"script", "style", "template", "iframe", "noembed", "noframes", "noscript"}
_SOURCE_TAGS |= {"plaintext", "textarea", "title", "xmp", "math", "svg"}
_TABLES_ONLY = nh3.Cleaner(
    tags=set(TABLE_TAGS),
    clean_content_tags=_SOURCE_TAGS,
    attributes={"*": set()},
    tag_attribute_values={
        "th": {
            "colspan": _SPANS,
            "rowspan": _SPANS,
            "scope": {"row", "col", "rowgroup", "colgroup"},
        },
        "td": {"colspan": _SPANS, "rowspan": _SPANS},
    },
    url_schemes=set(),
)
_OTHER_TAG = re.compile(rf"(?i)<(?!(?:{'|'.join(sorted(TABLE_TAGS))})[\s/>])[a-z]")
_BETWEEN_TAGS = re.compile(r">(\s+)<")
_DATA_TYPES = ("text/html", "image/png", "image/jpeg", "text/plain")


def clean_outputs(outputs: Any, budget: OutputAllowance | None = None) -> list[Output]:
    """The part of `outputs` that may be shown. All cells of a notebook share `budget`."""
    budget = budget or OutputAllowance()
    joined = _join_streams(outputs if isinstance(outputs, list) else [])
    clean: list[Output] = []
    for raw in joined[:COUNT_LIMIT]:
        output = _clean(raw, budget)
        if output is None:
            continue
        if not (budget.take(_size(output)) and budget.take_elements(_elements(output))):
            clean.append(_note("More output was left out: there is a limit per notebook."))
            break
        clean.append(output)
    if len(joined) > COUNT_LIMIT:
        clean.append(_note(f"{len(joined) - COUNT_LIMIT} more outputs were left out."))
    return clean


def clean_table(html: Any, budget: OutputAllowance | None = None) -> str | None:
    """An HTML table reduced to rows and cells of text; None where there is no table."""
    text = _joined(html)
    if len(text) > HTML_LIMIT or "<table" not in text.lower():
        return None
    if not (budget or OutputAllowance()).take_markup(len(text)):
        return None
    others = len(_OTHER_TAG.findall(text))
    if _too_many_tags(text) or others * text.count("<") > REOPENED_LIMIT:
        return None
    text = _BETWEEN_TAGS.sub(_without_line, plain(text, HTML_LIMIT))
    clean = readable(_TABLES_ONLY.clean(text))  # "&#8238;" is a character only now
    return None if "<table" not in clean or _too_many_tags(clean) else harmless_tex(clean)


def _without_line(between: re.Match[str]) -> str:
    return "><" if "\n" in between[1] else between[0]


def _too_many_tags(html: str) -> bool:
    return html.count("<") > TAG_LIMIT or _depth(html) > NESTING_LIMIT


def _depth(html: str) -> int:
    """The most tags open at once; a tag that is never closed counts to the end."""
    depth = most = 0
    for tag in re.finditer(r"<(/?)[A-Za-z]", html):
        depth = max(depth + (-1 if tag[1] else 1), 0)
        most = max(most, depth)
    return most


def _clean(raw: Output, budget: OutputAllowance) -> Output | None:
    match raw.get("output_type"):
        case "stream":
            name = "stderr" if raw.get("name") == "stderr" else "stdout"
            text = _after_returns(_joined(raw.get("text")))
            return {"output_type": "stream", "name": name, "text": plain(text, TEXT_LIMIT)}
        case "error":
            lines = raw.get("traceback")
            return {
                "output_type": "error",
                "ename": plain(raw.get("ename", ""), 200),
                "evalue": plain(raw.get("evalue", ""), 2000),
                "traceback": plain(_joined(lines, "\n"), TEXT_LIMIT).split("\n"),
            }
        case "display_data" | "execute_result" as kind:
            return _clean_data(raw, kind, budget)
    return None


def _clean_data(raw: Output, kind: str, budget: OutputAllowance) -> Output | None:
    bundle = raw.get("data")
    if not isinstance(bundle, dict):
        return None
    data: dict[str, str] = {}
    for media in _DATA_TYPES:
        if media not in bundle:
            continue
        if media == "text/html":
            value = clean_table(bundle[media], budget)
        elif media == "text/plain":
            value = plain(_joined(bundle[media]), TEXT_LIMIT)
        else:
            value = clean_image(bundle[media], media, budget)
        if value is not None:
            data[media] = value
    if not data:
        return _note("An output was left out: only text, pictures and tables are kept.")
    output: Output = {"output_type": kind, "data": data, "metadata": _sizes(raw, data)}
    if kind == "execute_result":
        output["execution_count"] = None
    return output


def _sizes(raw: Output, data: dict[str, str]) -> dict[str, dict[str, int]]:
    """The width and height at which a picture is shown: two small numbers, nothing else."""
    metadata = raw.get("metadata")
    sizes: dict[str, dict[str, int]] = {}
    for media in ("image/png", "image/jpeg"):
        given = metadata.get(media) if isinstance(metadata, dict) else None
        if media in data and isinstance(given, dict):
            numbers = {k: given.get(k) for k in ("width", "height")}
            good = {k: n for k, n in numbers.items() if type(n) is int and 0 < n <= 4000}
            if good:
                sizes[media] = good
    return sizes


def _join_streams(outputs: list[Any]) -> list[Output]:
    """Neighbouring pieces of one stream as one, so that a thousand prints are one output."""
    joined: list[Output] = []
    pieces: list[str] = []
    for raw in outputs:
        if not isinstance(raw, dict):
            continue
        last = joined[-1] if joined else {}
        if raw.get("output_type") != "stream":
            joined.append(raw)
        elif last.get("output_type") == "stream" and last.get("name") == raw.get("name"):
            pieces.append(_joined(raw.get("text")))
            last["text"] = pieces  # one list, joined once at the end
        else:
            pieces = [_joined(raw.get("text"))]
            joined.append({"output_type": "stream", "name": raw.get("name"), "text": pieces})
    return joined


def _after_returns(text: str) -> str:
    """What a terminal would show: a carriage return begins its line again (progress bars)."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in lines)


def _joined(value: Any, between: str = "") -> str:
    if isinstance(value, list):
        return between.join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _note(sentence: str) -> Output:
    return {"output_type": "stream", "name": "stdout", "text": f"[{sentence}]\n"}


def _size(output: Output) -> int:
    texts = [output.get("text", ""), *output.get("traceback", []), *output.get("data", {}).values()]
    return sum(len(text) for text in texts)


def _elements(output: Output) -> int:
    """How many elements a page makes of an output, some of them around it."""
    html = output.get("data", {}).get("text/html", "")
    return 8 + html.count("<") + len(output.get("traceback", []))
