"""Notebook outputs that a submission made, as data: text, pictures and tables, with limits.

    clean_outputs([{"output_type": "stream", "name": "stdout", "text": "\\x1b[1mhi"}])
    # [{"output_type": "stream", "name": "stdout", "text": "hi"}]

What passes: streams, errors, text/plain; PNG and JPEG, decoded and encoded anew; HTML tables,
reduced to rows and cells. Scripts, styles, widgets, SVG, LaTeX, Markdown and metadata do not. An
output is never refused as a whole: what does not pass is left out, and that is said.
"""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

import bleach
from PIL import Image

from course_lib.calls.text import plain
from course_lib.grading.text import harmless_tex

Output = dict[str, Any]

COUNT_LIMIT = 100  # outputs of one cell, after neighbouring streams are joined
TEXT_LIMIT = 50_000  # characters of one output: some twenty pages
HTML_LIMIT = 200_000  # characters of a table's HTML before cleaning
TAG_LIMIT = 10_000  # tags in it: a table of a few thousand cells
NESTING_LIMIT = 100  # table tags that may be open at once: the HTML parser recurses
IMAGE_LIMIT = 8 * 1024**2  # bytes of one picture, before and after
PIXEL_LIMIT = 4_000 * 4_000  # of one picture: a page at 300 dots per inch has half of it
TABLE_TAGS = frozenset({"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"})
TABLE_ATTRIBUTES = {"th": ["colspan", "rowspan", "scope"], "td": ["colspan", "rowspan"]}

_INVISIBLE = re.compile(r"(?is)<(style|script|template)\b.*?(</\1\s*>|\Z)|<!--.*?(-->|\Z)")
_ENTITY = re.compile(r"&#?\w{1,40};")
_BETWEEN_TAGS = re.compile(r">(\s+)<")
_SCAN = b"\xff\xda"  # where a JPEG goes over its pixels once more; nowhere inside coded data
_DATA_TYPES = ("text/html", "image/png", "image/jpeg", "text/plain")


@dataclass
class Budget:
    """What a whole notebook's outputs may still cost, in space and in the grader's time.

    A picture is nothing until it is decoded, and 2 KB of PNG can be 16 million pixels: so pixels
    count, each as often as a JPEG goes over it, and so does the HTML that is cleaned. Measured on
    one core: 10 million pixels a second decoded and encoded, 0.1 MB of tables a second cleaned.
    The worksheet's figures have 3 million.
    """

    left: int = 25 * 1024**2  # bytes that are kept
    pixels: int = 100_000_000  # in all pictures: ten seconds
    markup: int = 1_000_000  # characters of HTML: ten seconds

    def take(self, size: int) -> bool:
        """Whether `size` more bytes fit; if so they are taken."""
        if size > self.left:
            return False
        self.left -= size
        return True

    def take_pixels(self, count: int) -> bool:
        """Whether a picture of `count` pixels may be decoded; if so they are taken."""
        if count > self.pixels:
            return False
        self.pixels -= count
        return True

    def take_markup(self, length: int) -> bool:
        """Whether so many characters of HTML may be cleaned; if so they are taken."""
        if length > self.markup:
            return False
        self.markup -= length
        return True


def clean_outputs(outputs: Any, budget: Budget | None = None) -> list[Output]:
    """The part of `outputs` that may be shown. `budget` is shared by a notebook's cells."""
    budget = budget or Budget()
    joined = _join_streams(outputs if isinstance(outputs, list) else [])
    clean: list[Output] = []
    for raw in joined[:COUNT_LIMIT]:
        output = _clean(raw, budget)
        if output is None:
            continue
        if not budget.take(_size(output)):
            clean.append(_note("More output was left out: there is a limit per notebook."))
            break
        clean.append(output)
    if len(joined) > COUNT_LIMIT:
        clean.append(_note(f"{len(joined) - COUNT_LIMIT} more outputs were left out."))
    return clean


def clean_attachments(attachments: Any, budget: Budget | None = None) -> dict[str, dict[str, str]]:
    """The pictures that were pasted into a Markdown cell: `{"plot.png": {"image/png": …}}`."""
    budget = budget or Budget()
    kept: dict[str, dict[str, str]] = {}
    for name, bundle in list(attachments.items())[:10] if isinstance(attachments, dict) else []:
        if not isinstance(bundle, dict) or not re.fullmatch(r"[\w.-]{1,100}", str(name)):
            continue
        pictures = {
            t: clean_image(bundle[t], t, budget) for t in ("image/png", "image/jpeg") if t in bundle
        }
        good = {kind: picture for kind, picture in pictures.items() if picture}
        if good:
            kept[str(name)] = good
    return kept


def clean_image(data: Any, kind: str, budget: Budget | None = None) -> str | None:
    """A picture's base64, decoded to pixels and encoded anew; None where it is no such picture."""
    budget = budget or Budget()
    text = _joined(data)
    if not text or len(text) > IMAGE_LIMIT * 4 // 3 + 4:
        return None
    name = {"image/png": "PNG", "image/jpeg": "JPEG"}[kind]
    try:
        raw = base64.b64decode(text)
        with Image.open(io.BytesIO(raw), formats=[name]) as picture:
            size = picture.width * picture.height
            passes = max(raw.count(_SCAN), 1) if name == "JPEG" else 1
            if size > PIXEL_LIMIT or not budget.take_pixels(size * passes):
                return None
            transparent = name == "PNG" and picture.has_transparency_data
            pixels = picture.convert("RGBA" if transparent else "RGB")
    except Exception:  # a decoder may raise anything on hostile bytes
        return None
    pixels.info.clear()  # colour profiles and comments are not pixels
    out = io.BytesIO()
    pixels.save(out, name)
    encoded = out.getvalue()
    return base64.b64encode(encoded).decode("ascii") if len(encoded) <= IMAGE_LIMIT else None


def clean_table(html: Any, budget: Budget | None = None) -> str | None:
    """An HTML table reduced to rows and cells of text; None where there is no table."""
    text = _joined(html)
    if len(text) > HTML_LIMIT or "<table" not in text.lower():
        return None
    if not (budget or Budget()).take_markup(len(text)):
        return None
    text = _INVISIBLE.sub("", text)
    if text.count("<") > TAG_LIMIT or _depth(text) > NESTING_LIMIT:
        return None
    text = _BETWEEN_TAGS.sub(_without_line, plain(text, HTML_LIMIT))
    try:
        clean: str = bleach.clean(
            text, tags=TABLE_TAGS, attributes=TABLE_ATTRIBUTES, protocols=[], strip=True
        )
    except RecursionError:
        return None
    clean = _ENTITY.sub(lambda entity: escape(unescape(entity[0])), clean)  # none hides a letter
    return harmless_tex(clean) if "<table" in clean else None


def _without_line(between: re.Match[str]) -> str:
    return "><" if "\n" in between[1] else between[0]


def _depth(html: str) -> int:
    """The most tags open at once; a tag that is never closed counts to the end."""
    depth = most = 0
    for tag in re.finditer(r"<(/?)[A-Za-z]", html):
        depth = max(depth + (-1 if tag[1] else 1), 0)
        most = max(most, depth)
    return most


def _clean(raw: Output, budget: Budget) -> Output | None:
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


def _clean_data(raw: Output, kind: str, budget: Budget) -> Output | None:
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
