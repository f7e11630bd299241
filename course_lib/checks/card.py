"""One exercise's result, for people: an HTML card for a notebook, lines of text for a terminal.

    print(text(check))          # tf_log_like: 1.5 of 3 points …
    display(HTML(html(check)))

`check` is an entry of a verdict's `checks`. What a student wrote or returned is escaped text. The
card says everything in words (a tick or a cross is only beside them), takes its colours from the
page, light or dark, and holds no script and no style sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from course_lib.calls.text import one_line, plain
from course_lib.checks.drawing import svg

Check = Mapping[str, Any]
Claim = Mapping[str, Any]

SHOWN = 8  # numbers of one array that are shown whole; of longer ones, the first three and the last
TEXT_LIMIT = 2000

_SENTENCES = {
    "error": "The function stopped with an error.",
    "timeout": "Is there a loop that does not end? The function took too long.",
    "crashed": "The notebook's process ended before it could answer.",
    "missing": "There is no function with this name.",
}
_GOOD, _BAD = "#2da44e", "#d1242f"  # beside words, never instead of them

_CARD = (
    "border:1px solid rgba(128,128,128,.45);border-left:4px solid {accent};border-radius:6px;"
    "padding:.6em 1em;margin:.4em 0;max-width:46em;font-size:14px;line-height:1.45"
)
_ROW = "text-align:left;vertical-align:top;padding:.1em .8em .1em 0;border:0;background:none"
_CODE = "font-family:monospace;white-space:pre-wrap;overflow-wrap:anywhere;" + _ROW


def html(check: Check) -> str:
    """The card, as one `<div>` with inline styles. Nothing in it is processed as TeX."""
    name = escape(one_line(check["exercise"], 80))
    whole = check["earned"] >= check["points"]
    head = f"<strong><code>{name}</code></strong>: {_points(check)}"
    parts = [f'<p style="margin:0 0 .3em">{head}</p>']
    message = _message(check)
    if message:
        parts.append(f'<p style="margin:.3em 0;white-space:pre-wrap">{escape(message)}</p>')
    claims = check.get("claims", [])
    if claims:
        items = "".join(_html_claim(claim) for claim in claims)
        parts.append(f'<ul style="list-style:none;margin:0;padding:0">{items}</ul>')
    return (
        f'<div class="tex2jax_ignore mathjax_ignore" role="group" aria-label="Result for {name}" '
        f'style="{_CARD.format(accent=_GOOD if whole else _BAD)}">{"".join(parts)}</div>'
    )


def text(check: Check) -> str:
    """The same in plain lines, without colours or escape sequences."""
    lines = [f"{one_line(check['exercise'], 80)}: {_points(check)}"]
    message = _message(check)
    if message:
        lines += ["  " + line for line in message.splitlines()]
    for claim in check.get("claims", []):
        mark, word = _mark(claim)
        lines.append(f"  {mark} {word}: {_sentence(claim)}")
        if not claim["passed"]:
            rows = list(_rows(claim))
            width = max((len(label) for label, _ in rows), default=0)
            lines += [f"      {label:<{width}}  {value}" for label, value in rows]
            lines += ["      " + line for line in _said(claim).splitlines()]
    return "\n".join(lines)


def numbers(value: Any) -> str:
    """A value from a verdict, short enough to read: long arrays by their ends and their length."""
    return _numbers(value, None)


def _html_claim(claim: Claim) -> str:
    mark, word = _mark(claim)
    colour = _GOOD if claim["passed"] else _BAD
    line = (
        f'<span aria-hidden="true" style="color:{colour};font-weight:bold">{mark}</span> '
        f"<strong>{word}</strong>: {escape(_sentence(claim))}"
    )
    if not claim["passed"]:
        rows = "".join(
            f'<tr style="background:none"><th scope="row" style="{_ROW};font-weight:normal;'
            f'opacity:.8">{escape(label)}</th><td style="{_CODE}">{escape(value)}</td></tr>'
            for label, value in _rows(claim)
        )
        if rows:
            line += (
                '<table style="border:0;border-collapse:collapse;font-size:inherit;'
                'margin:.2em 0 .2em 1.4em">'
                f"<tbody>{rows}</tbody></table>"
            )
        if picture := claim.get("picture"):
            line += svg(picture)
        said = _said(claim)
        if said:
            line += f'<p style="margin:.1em 0 .5em 1.4em;white-space:pre-wrap">{escape(said)}</p>'
    return f'<li style="margin:.15em 0">{line}</li>'


def _points(check: Check) -> str:
    return f"{check['earned']:g} of {check['points']:g} points"


def _message(check: Check) -> str:
    explained = any(claim.get("message") for claim in check.get("claims", []))
    said = check.get("message") or ("" if explained else _SENTENCES.get(check["status"], ""))
    return plain(said, TEXT_LIMIT)


def _mark(claim: Claim) -> tuple[str, str]:
    if claim.get("tried") is False:
        return "–", "not tried"
    return ("✓", "holds") if claim["passed"] else ("✗", "does not hold")


def _sentence(claim: Claim) -> str:
    return one_line(claim.get("sentence") or str(claim["claim"]).replace("_", " "), 400)


def _said(claim: Claim) -> str:
    return plain(claim.get("message") or "", TEXT_LIMIT)


def _rows(claim: Claim) -> list[tuple[str, str]]:
    """What was put in, what should have come out, what did."""
    rows = [
        (f"with {one_line(name, 40)}" if not number else one_line(name, 40), numbers(value))
        for number, (name, value) in enumerate((claim.get("inputs") or {}).items())
    ]
    expected, got = claim.get("expected"), claim.get("got")
    if expected is not None or got is not None:
        digits = next((d for d in (6, 10, 14) if _apart(expected, got, d)), None)
        source = ", from your other answers" if claim.get("relative") else ""
        due = one_line(_numbers(expected, digits), 400) + source
        rows += [("expected", due), ("got", _numbers(got, digits))]
    return rows


def _apart(expected: Any, got: Any, digits: int) -> bool:
    """Whether the two can be told apart when written with so many digits."""
    return _numbers(expected, digits) != _numbers(got, digits)


def _numbers(value: Any, digits: int | None) -> str:
    match value:
        case bool() | None:
            return str(value)
        case float():
            value += 0.0  # -0.0 is 0 to a reader
            return f"{value:.{digits}g}" if digits else f"{value!r}"
        case int():
            return str(value) if abs(value) < 10**20 else f"about 2**{value.bit_length()}"
        case str():
            return one_line(value, 400)
        case Mapping():
            inside = ", ".join(
                f"{one_line(k, 40)}: {_numbers(v, digits)}" for k, v in value.items()
            )
            return one_line("{" + inside + "}", 400)
        case Sequence():
            return _array(value, digits)
    return one_line(value, 400)


def _array(value: Sequence[Any], digits: int | None) -> str:
    if len(value) <= SHOWN:
        return "[" + ", ".join(_numbers(item, digits) for item in value) + "]"
    first = ", ".join(_numbers(item, digits) for item in value[:3])
    return f"[{first}, …, {_numbers(value[-1], digits)}] ({len(value)} values)"
