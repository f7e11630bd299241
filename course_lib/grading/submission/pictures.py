"""Pictures that a submission made or had pasted into it: decoded to pixels and encoded anew.

    clean_image("iVBORw0KGgo…", "image/png")                       # base64 of the same pixels
    clean_attachments({"photo.jpg": {"image/jpeg": "/9j/4AAQ…"}})  # turned upright, scaled down

An output of a cell is shown as it was made: PNG and JPEG. What is pasted into an answer may also be
GIF (its first picture) or WebP, under any of these types, and may be a photograph.
"""

from __future__ import annotations

import base64
import io
from typing import Any

from PIL import Image, ImageOps

from course_lib.grading.submission.allowance import OutputAllowance

IMAGE_LIMIT = 8 * 1024**2  # bytes of one picture, before and after
PIXEL_LIMIT = 4_000 * 4_000  # of one picture: a page at 300 dots per inch has half of it
PHOTO_LIMIT = 50_000_000  # of a JPEG that can be decoded at half its size; phones have 48 million
PHOTO_BYTES = 16 * 1024**2  # of such a photograph; phones write up to 12 MB
SIDE = 2_400  # pixels of a pasted picture's longer side: a page of handwriting, easy to read
ATTACHED_LIMIT = 50  # pictures in one cell
_SCAN = b"\xff\xda"  # where a JPEG goes over its pixels once more; nowhere inside coded data
_END = b"\xff\xd9"


def clean_image(data: Any, kind: str, budget: OutputAllowance | None = None) -> str | None:
    """A picture's base64, decoded to pixels and encoded anew; None where it is not one."""
    budget = budget or OutputAllowance()
    raw = _bytes(data, IMAGE_LIMIT)
    name = {"image/png": "PNG", "image/jpeg": "JPEG"}[kind]
    try:
        with Image.open(io.BytesIO(raw), formats=[name]) as picture:
            size = picture.width * picture.height
            passes = _scans(raw) if name == "JPEG" else 1
            if size > PIXEL_LIMIT or not budget.take_pixels(size * passes):
                return None
            transparent = name == "PNG" and picture.has_transparency_data
            pixels = picture.convert("RGBA" if transparent else "RGB")
    except Exception:  # a decoder may raise anything on hostile bytes
        return None
    return _encoded(pixels, name)


def clean_attachments(
    attachments: Any, budget: OutputAllowance | None = None
) -> dict[str, dict[str, str]]:
    """The pictures that were pasted into a Markdown cell: `{"plot.png": {"image/png": …}}`."""
    budget = budget or OutputAllowance()
    kept: dict[str, dict[str, str]] = {}
    given = list(attachments.items()) if isinstance(attachments, dict) else []
    for name, bundle in given[:ATTACHED_LIMIT]:
        if not isinstance(bundle, dict) or not name.isprintable() or {"/", "\\"} & set(name):
            continue
        for kind, data in bundle.items():
            shown = _attached(data, budget) if kind.startswith("image/") else None
            if shown and budget.take(len(shown[1])):
                kept[name] = {shown[0]: shown[1]}
                break
    return kept


def _attached(data: Any, budget: OutputAllowance) -> tuple[str, str] | None:
    """A pasted picture, upright and at most SIDE pixels long: its type and base64."""
    raw = _bytes(data, PHOTO_BYTES)
    try:
        with Image.open(io.BytesIO(raw), formats=["PNG", "JPEG", "GIF", "WEBP"]) as picture:
            passes = _scans(raw) if picture.format == "JPEG" else 1
            photo = picture.format == "JPEG" and passes == 1
            if picture.width * picture.height > (PHOTO_LIMIT if photo else PIXEL_LIMIT):
                return None
            picture.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded at a half, a quarter, an eighth
            cost = picture.width * picture.height * passes
            if not budget.take_pixels(cost // 4 if picture.format == "JPEG" else cost):
                return None  # coding what is scaled down takes a quarter of the time, or less
            transparent = picture.has_transparency_data
            flat = picture.format in ("JPEG", "WEBP") and not transparent
            pixels = picture.convert("RGBA" if transparent else "RGB")
            pixels.thumbnail((SIDE, SIDE))
            ImageOps.exif_transpose(pixels, in_place=True)
    except Exception:  # a decoder may raise anything on hostile bytes
        return None
    name = "JPEG" if flat else "PNG"
    encoded = _encoded(pixels, name)
    return (f"image/{name.lower()}", encoded) if encoded else None


def _bytes(data: Any, limit: int) -> bytes:
    """What base64 says; nothing where it is not base64, or more than `limit` bytes."""
    if isinstance(data, list):
        data = "".join(part for part in data if isinstance(part, str))
    if not isinstance(data, str) or len(data) > limit * 4 // 3 + 4:
        return b""
    try:
        return base64.b64decode(data)
    except ValueError:
        return b""


def _scans(raw: bytes) -> int:
    """How often a JPEG goes over its pixels; what lies in its head or behind its end aside.

    Cameras put a small picture into the head, and some a second one behind the end.
    """
    at = 2
    while raw[at : at + 1] == b"\xff" and raw[at : at + 2] != _SCAN and at < len(raw):
        at += 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
    if raw[at : at + 2] != _SCAN:
        at = 0  # not as cameras write it: all of it counts
    end = raw.find(_END, at) if at else -1
    return max(raw.count(_SCAN, at, end if end >= 0 else len(raw)), 1)


def _encoded(pixels: Image.Image, name: str) -> str | None:
    pixels.info.clear()  # colour profiles, comments and places are not pixels
    out = io.BytesIO()
    pixels.save(out, name)
    encoded = out.getvalue()
    return base64.b64encode(encoded).decode("ascii") if len(encoded) <= IMAGE_LIMIT else None
