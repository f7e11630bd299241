"""A report as one page: `reports/NN_topic.html`, which opens from disk and loads nothing.

    html = assignment_page(figures(root, name), root)
    html = course_page(course_figures(root))

The templates lie in `templates/`. What a student wrote is text in them: Jinja escapes it. The page
forbids itself the network by a policy that browsers keep.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from course_lib.report.cohort import plots
from course_lib.report.cohort.causes import WORDS, Cause
from course_lib.report.cohort.course_figures import TREND, CourseFigures
from course_lib.report.cohort.figures import Figures
from course_lib.report.cohort.gradebook import FORMGRADER
from course_lib.report.cohort.help import Need, first_ones
from course_lib.report.cohort.items import ENOUGH
from course_lib.report.cohort.judged import Judged
from course_lib.report.cohort.mistakes import Example, Mistake, cases
from course_lib.report.cohort.paths import COURSE, page_path
from course_lib.report.cohort.who import Who
from course_lib.report.table import MARKS, state
from course_lib.text import one_line

TEMPLATES = Path(__file__).parent / "templates"
SHOWN = 10  # mistakes that are listed before the rest is folded
REASONS = 4  # for which points of one exercise were lost, in a line


def assignment_page(
    shown: Figures, root: Path, *, anonymous: bool = False, formgrader: str = FORMGRADER
) -> str:
    """The page of one assignment. anonymous: for a projector, without a name or an id in it."""
    notebook = shown.judged[0]["notebook"] if shown.judged else ""
    judged = [one["student"] for one in shown.judged]
    pages = [s for s in judged if (_feedback(root, s, shown.assignment, notebook)).is_file()]
    about = (shown.names, shown.assignment, notebook)
    who = Who(*about, frozenset(judged), frozenset(pages), anonymous)
    needs = {need.student: need for need in shown.needs}
    return render(
        "assignment.html.j2",
        shown=shown,
        who=who,
        anonymous=anonymous,
        formgrader=formgrader,
        course=page_path(root, COURSE).is_file(),
        first=first_ones(shown.needs),
        needs=needs,
        mistakes=shown.mistakes[:SHOWN],
        more=shown.mistakes[SHOWN:],
        histogram=Markup(plots.histogram(shown.points)) if shown.judged else "",
        exercises=Markup(plots.exercises(shown.items)) if shown.items else "",
        example=lambda mistake: _example(mistake, who),
        say=lambda mistake: _sentence(mistake, who),
        called=called,
        begin_with=begin_with,
        enough=ENOUGH,
        lost_by=lost_by(shown.judged),
        reasons=WORDS,
        marks=_marks,
        meaning={sign: words for sign, _, words in MARKS.values()},
    )


def course_page(shown: CourseFigures, *, anonymous: bool = False) -> str:
    """The page of the whole course; the names in it lead to its own table of students."""
    who = Who(shown.names, "", "", anonymous=anonymous, own=True)
    assignments = shown.assignments
    return render(
        "course.html.j2",
        shown=shown,
        who=who,
        anonymous=anonymous,
        trend=Markup(plots.trend(assignments, shown.spread)) if len(assignments) > 1 else "",
        handed_in={a: [r.student for r in shown.rows if a in r.shares] for a in assignments},
        late={a: [r.student for r in shown.rows if a in r.late] for a in assignments},
        carried=shown.carried[:SHOWN],
        trend_limit=TREND,
    )


def render(template: str, **about: Any) -> str:
    """Fill in a template. The page's style and script stand in it."""
    script = (TEMPLATES / "page.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = _environment().get_template(template)
    return page.render(script=Markup(script), digest=digest, **about)


def called(cause: Cause) -> str:
    """What a cause is called: a known mistake's name in words, else what kind of cause it is."""
    if cause.kind == "known":
        return cause.name.replace("_", " ")
    if cause.kind == "error" and cause.name:
        return f"stops with {cause.name}"
    return WORDS[cause.kind]


def begin_with(need: Need) -> Markup:
    """With what to begin helping a student, and how many exercises are not written."""
    cause, unwritten = need.with_what, len(need.unwritten)
    if need.wrote_nothing:
        return Markup("Handed in, but nothing is written in it.")
    if cause is None:
        return Markup("")
    if cause.kind == "missing":
        others = f", nor {_counted(unwritten - 1, 'other')}" if unwritten > 1 else ""
        return Markup("{} is not written{}.").format(_code(cause.exercise), others)
    more = f" Not written: {_counted(unwritten, 'exercise')}." if unwritten else ""
    return Markup("{}: {}{}").format(_code(cause.exercise), _ticked(cause.sentence), more)


def _counted(count: float, noun: str) -> str:
    """How many there are, in words.

    >>> _counted(1, "point"), _counted(0.5, "point")
    ('1 point', '0.5 points')
    """
    number = f"{round(count, 2):g}"
    return f"{number} {noun}{'' if number == '1' else 's'}"


def lost_by(judged: Sequence[Judged]) -> dict[str, str]:
    """For each exercise why points of it were lost, in words, what cost most first."""
    lost: dict[str, dict[str, list[float]]] = {}
    for _, check, cause in cases(judged):
        reasons = lost.setdefault(check["exercise"], {})
        reasons.setdefault(called(cause), []).append(check["points"] - check["earned"])
    return {
        exercise: "; ".join(
            f"{words} ({len(each)} ×, {_counted(sum(each), 'point')})"
            for words, each in sorted(reasons.items(), key=lambda pair: -sum(pair[1]))[:REASONS]
        )
        + (f"; {len(reasons) - REASONS} other reasons" if len(reasons) > REASONS else "")
        for exercise, reasons in lost.items()
    }


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "num": lambda value: f"{round(value, 2):g}",
        "ticked": _ticked,
        "points": lambda value: _counted(value, "point"),
        "pct": lambda value: f"{100 * value:.0f}\u202f%",
        "r": lambda value: "–" if value is None else f"{value:.2f}".replace("-", "−"),
        "code": _code,
        "line": lambda text, limit=400: one_line(text, limit),
        "seconds": _seconds,
    }
    return made


def _ticked(text: str) -> Markup:
    """A sentence, with what stands in backticks as code.

    >>> str(_ticked("`a` < b"))
    '<code>a</code> &lt; b'
    """
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _code(name: str) -> Markup:
    """A name as code, which may go on in the next line after an underscore."""
    return Markup("<code>{}</code>").format(
        Markup(str(escape(one_line(name, 80))).replace("_", "_<wbr>"))
    )


def _seconds(value: float) -> str:
    """Seconds as people say them."""
    if value < 90:
        return f"{value:.1f} s" if value < 10 else f"{value:.0f} s"
    if value < 5400:
        return f"{value / 60:.0f} min"
    return f"{value / 3600:.1f} h"


def _feedback(root: Path, student: str, assignment: str, notebook: str) -> Path:
    return root / "feedback" / student / assignment / f"{notebook}.html"


def _example(mistake: Mistake, who: Who) -> Example | None:
    """The smallest example; in an anonymous page, the smallest in which nobody is named."""
    for each in mistake.examples:
        if not (who.anonymous and who.hides(each.text)):
            return each
    return None


def _sentence(mistake: Mistake, who: Who) -> str:
    """What to say of a mistake; what is made from a student's own words may name somebody."""
    theirs = mistake.cause.kind in ("said", "error")
    return "" if who.anonymous and theirs and who.hides(mistake.sentence) else mistake.sentence


def _marks(one: Judged) -> dict[str, str]:
    """A student's exercises as a row of signs, and the same in words."""
    states = {check["exercise"]: state(check) for check in one["checks"]}
    named: dict[str, list[str]] = {}
    for exercise, each in states.items():
        named.setdefault(MARKS[each][2], []).append(exercise)
    return {
        "signs": "".join(MARKS[each][0] for each in states.values()),
        "words": "; ".join(f"{words}: {', '.join(names)}" for words, names in named.items()),
    }
