"""One exercise's result, for people: an HTML card for a notebook, lines of text for a terminal.

    print(text(check))          # leapfrog: 1.5 of 3 points …
    display(HTML(html(check)))

Both have the same order: the points; what is wrong, in a sentence; one example, with a line to
paste that repeats it; every claim in a line. What else there is, other examples and a picture, is
folded in the card and left out of the text.

`check` is an entry of a verdict's `checks`. What a student wrote or returned is escaped text. The
card says everything in words (a tick or a cross is only beside them), takes its colours from the
page, light or dark, and holds no script and no style sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from course_lib.feedback.pictures import svg
from course_lib.feedback.results import is_label
from course_lib.feedback.shown import whole
from course_lib.text import in_points, one_line, plain

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
_PASTE = (
    "font-family:monospace;white-space:pre-wrap;overflow-wrap:anywhere;margin:.2em 0 .2em 1.4em;"
    "padding:.3em .6em;border-left:2px solid rgba(128,128,128,.45);background:none;font-size:12px"
)


def html(check: Check) -> str:
    """The card, as one `<div>` with inline styles. Nothing in it is processed as TeX."""
    name = escape(one_line(check["exercise"], 80))
    full = check["earned"] >= check["points"]
    head = f"<strong><code>{name}</code></strong>: {_points(check)}"
    parts = [f'<p style="margin:0 0 .3em">{head}</p>']
    if lead := _lead(check):
        first, *more = escape(lead).split("\n")
        said = "\n".join([f"<strong>{first}</strong>", *more])
        parts.append(f'<p style="margin:.3em 0;white-space:pre-wrap">{said}</p>')
    shown = example(check)
    if shown is not None:
        parts.append(_html_numbers(shown))
    parts += [_html_claims(check), _html_more(check, shown)]
    return (
        f'<div class="tex2jax_ignore mathjax_ignore" role="group" aria-label="Result for {name}" '
        f'style="{_CARD.format(accent=_GOOD if full else _BAD)}">{"".join(parts)}</div>'
    )


def text(check: Check) -> str:
    """The same in plain lines, without colours or escape sequences."""
    lines = [f"{one_line(check['exercise'], 80)}: {_points(check)}"]
    lines += ["  " + line for line in _lead(check).splitlines()]
    shown = example(check)
    if shown is not None:
        rows = rows_of(shown)
        width = max((len(label) for label, _ in rows), default=0)
        lines += [f"    {label:<{width}}  {value}" for label, value in rows]
        lines += [f"    again: {line}" for line in _paste(shown).splitlines()[:1]]
        lines += [f"           {line}" for line in _paste(shown).splitlines()[1:]]
    if _tried(check):
        for claim in check.get("claims", []):
            mark, word = _mark(claim)
            lines.append(f"  {mark} {word}: {_sentence(claim)}{_aside(check, claim, shown)}")
    return "\n".join(lines)


def numbers(value: Any) -> str:
    """A value from a verdict, short enough to read: long arrays by their ends and their length."""
    return _numbers(value, None)


def _html_claims(check: Check) -> str:
    """Every claim in a line."""
    claims = check.get("claims", [])
    if not claims or not _tried(check):
        return ""
    shown = example(check)
    items = []
    for claim in claims:
        mark, word = _mark(claim)
        colour = _GOOD if claim["passed"] else _BAD
        items.append(
            f'<li style="margin:.15em 0"><span aria-hidden="true" style="color:{colour};'
            f'font-weight:bold">{mark}</span> <strong>{word}</strong>: '
            f"{escape(_sentence(claim) + _aside(check, claim, shown))}</li>"
        )
    return f'<ul style="list-style:none;margin:.4em 0 0;padding:0">{"".join(items)}</ul>'


def _html_numbers(claim: Claim) -> str:
    """What was put in, expected and got, and the line that repeats it."""
    rows = "".join(
        f'<tr style="background:none"><th scope="row" style="{_ROW};font-weight:normal;'
        f'opacity:.8">{escape(label)}</th><td style="{_CODE}">{escape(value)}</td></tr>'
        for label, value in rows_of(claim)
    )
    table = (
        '<table aria-label="an example" style="border:0;border-collapse:collapse;font-size:inherit;'
        f'margin:.2em 0 .2em 1.4em"><tbody>{rows}</tbody></table>'
    )
    paste = _paste(claim)
    again = f'<pre style="{_PASTE}" aria-label="to try it again">{escape(paste)}</pre>'
    return (table if rows else "") + (again if paste else "")


def _html_more(check: Check, shown: Claim | None) -> str:
    """The picture and the other examples, folded."""
    parts, count, pictures = [], 0, 0
    for claim in _failed(check):
        inside = ""
        if claim is not shown:
            inside = _html_numbers(claim)
            if said := ("" if claim is _told(check) else _said(claim)):
                inside += (
                    f'<p style="margin:.1em 0 .5em 1.4em;white-space:pre-wrap">{escape(said)}</p>'
                )
            count += bool(inside)
        if picture := claim.get("picture"):
            inside += svg(picture)
            pictures += 1
        if inside:
            parts.append(f'<p style="margin:.4em 0 0">{escape(_sentence(claim))}</p>{inside}')
    if not parts:
        return ""
    what = ["a picture"] if pictures else []
    if count:
        what.append(f"{count} more example{'s' * (count > 1)}")
    summary = " and ".join(what)
    return (
        f'<details style="margin:.4em 0 0"><summary style="cursor:pointer">'
        f"{summary[:1].upper()}{summary[1:]}</summary>{''.join(parts)}</details>"
    )


def _points(check: Check) -> str:
    return f"{check['earned']:g} of {in_points(check['points'])}"


def _failed(check: Check) -> list[Claim]:
    return [claim for claim in check.get("claims", []) if not claim["passed"]]


def _tried(check: Check) -> bool:
    """Whether any claim was tried: else their names would be a wall in front of one sentence."""
    return any(claim.get("tried", True) for claim in check.get("claims", []))


def _told(check: Check) -> Claim | None:
    """The claim at which the cause is told: the first with a sentence, best with an answer."""
    said = [claim for claim in _failed(check) if claim.get("message")]
    return min(said, key=lambda claim: "expected" not in claim, default=None)


def example(check: Check) -> Claim | None:
    """The claim whose example is shown: the one with the sentence, else one with an answer."""
    told = _told(check)
    if told is not None and rows_of(told):
        return told
    rest = [claim for claim in _failed(check) if rows_of(claim)]
    rest.sort(key=lambda claim: ("expected" not in claim, bool(claim.get("relative"))))
    return rest[0] if rest else None


def _lead(check: Check) -> str:
    """What is wrong, in a sentence: of the exercise, of a claim, else the claim that fails."""
    told, shown = _told(check), example(check)
    said = [check.get("message") or "", _said(told) if told is not None else ""]
    if told is not None and is_label(said[1]):
        said[1] = f"This does not hold: {_sentence(told)}\n{said[1]}"
    if not any(said):
        said = [_SENTENCES.get(check["status"], "")]
        if shown is not None and check["status"] == "failed":
            said = [f"This does not hold: {_sentence(shown)}"]
    return plain("\n".join(filter(None, said)), TEXT_LIMIT)


def _mark(claim: Claim) -> tuple[str, str]:
    if claim.get("tried") is False:
        return "–", "not tried"
    return ("✓", "holds") if claim["passed"] else ("✗", "does not hold")


def _aside(check: Check, claim: Claim, shown: Claim | None) -> str:
    """What a claim that does not hold costs, and where its example is."""
    if claim["passed"] or claim.get("tried") is False:
        return ""
    said = []
    if claim.get("gate"):
        said.append("without it the exercise has no points")
    elif claim.get("points") and not any(each.get("gate") for each in _failed(check)):
        said.append(f"costs {in_points(claim['points'])}")
    said += ["the example above"] if claim is shown else []
    return f" ({'; '.join(said)})" if said else ""


def _sentence(claim: Claim) -> str:
    return one_line(claim.get("sentence") or str(claim["claim"]).replace("_", " "), 400)


def _said(claim: Claim) -> str:
    return plain(claim.get("message") or "", TEXT_LIMIT)


def _paste(claim: Claim) -> str:
    return plain(claim.get("paste") or "", TEXT_LIMIT)


def rows_of(claim: Claim) -> list[tuple[str, str]]:
    """What was put in, what should have come out, what did."""
    rows = [
        (f"with {one_line(name, 40)}" if not number else one_line(name, 40), numbers(value))
        for number, (name, value) in enumerate((claim.get("inputs") or {}).items())
    ]
    expected, got = claim.get("expected"), claim.get("got")
    if expected is not None or got is not None:
        digits = next((d for d in (6, 10, 14) if _apart(expected, got, d)), None)
        source = ", from your other answers" if claim.get("relative") else ""
        due, came = one_line(_numbers(expected, digits), 400), _numbers(got, digits)
        if parts := claim.get("parts"):
            due, came = (_named(parts, side, digits) for side in (expected, got))
        if digits is None:
            where, (due, came) = _first_apart(expected, got) or ("", (due, came))
            rows += [("the first that is wrong", where)] if where else []
        of = " in the claim" if claim.get("derived") else ""
        rows += [(f"expected{of}", due + source), (f"got{of}", came)]
    return rows


def _named(parts: Sequence[str], values: Any, digits: int | None) -> str:
    """Numbers, each with what it belongs to."""
    each = (f"{part}: {_numbers(v, digits)}" for part, v in zip(parts, values, strict=True))
    return one_line(", ".join(each), 400)


def _first_apart(expected: Any, got: Any) -> tuple[str, tuple[str, str]] | None:
    """Where two long lists that are written alike differ first, and what stands there."""
    if not (isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got)):
        return None
    for place, (one, other) in enumerate(zip(expected, got, strict=True), start=1):
        if one != other:
            written = (_numbers(one, None), _numbers(other, None))
            return f"number {place} of {len(got)}", written
    return None


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
            return whole(value)
        case str():
            return _complex(value, digits) if value.endswith(("j", "j)")) else one_line(value, 400)
        case Mapping():
            inside = ", ".join(
                f"{one_line(k, 40)}: {_numbers(v, digits)}" for k, v in value.items()
            )
            return one_line("{" + inside + "}", 400)
        case Sequence():
            return _array(value, digits)
    return one_line(value, 400)


def _complex(text: str, digits: int | None) -> str:
    """A complex number, which JSON has as text, with so many digits; other text as it is."""
    try:
        number = complex(text)
    except ValueError:
        return one_line(text, 400)
    if not digits:
        return one_line(text, 400)
    return f"{number.real:.{digits}g}{number.imag:+.{digits}g}j"


def _array(value: Sequence[Any], digits: int | None) -> str:
    if len(value) <= SHOWN:
        return "[" + ", ".join(_numbers(item, digits) for item in value) + "]"
    first = ", ".join(_numbers(item, digits) for item in value[:3])
    return f"[{first}, …, {_numbers(value[-1], digits)}] ({len(value)} values)"
