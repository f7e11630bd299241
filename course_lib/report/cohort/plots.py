"""Pictures of a report, as `<svg>` elements that stand in the page itself.

    svg = histogram(points)        # '<svg role="img" aria-labelledby=…><title>…'

Matplotlib draws; its colours are then the page's own (`currentColor` and CSS variables), so that a
picture is readable on white, in the dark and on paper. Each has a title and a description in words.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_lib.report.cohort.figures import Points
from course_lib.report.cohort.items import Item

# Colours that stand for one of the page's, which nobody sees.
INK, BAR, PART, NONE, GAP = "#010101", "#020202", "#030303", "#040404", "#050505"
_PAGE = {
    INK: "currentColor",
    BAR: "var(--full)",
    PART: "var(--part)",
    NONE: "var(--none)",
    GAP: "var(--gap)",
}
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be read, found and enlarged
    "svg.hashsalt": "course",  # the same figures make the same bytes
    "font.family": "sans-serif",
    "font.size": 10,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.8,
}
NAME = 26  # characters of an exercise's name: more would leave no room for its bar
WIDTH = 5.6  # inches of 72 pixels: a phone shows it at two thirds


def histogram(points: Points) -> str:
    """How many hand-ins have how many points."""
    counts = [len(who) for *_, who in points.bins]
    edges = [low for low, *_ in points.bins]

    def draw(axes: Axes) -> None:
        width = points.possible / max(len(counts), 1)
        axes.bar(edges, counts, width=0.92 * width, align="edge", color=BAR)
        axes.axvline(points.mean, color=INK, linewidth=1, linestyle="--")
        words = f"mean {points.mean:.1f}"
        axes.annotate(
            words,
            (points.mean, 1),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            xytext=(4 if points.mean < 0.75 * points.possible else -4, -2),
            ha="left" if points.mean < 0.75 * points.possible else "right",
        )
        axes.set(xlim=(0, points.possible), xlabel="points", ylabel="hand-ins")
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_ylim(0, 1.18 * max(counts, default=1))

    said = "; ".join(
        f"{low:g} to {high:g} points: {len(who)}" for low, high, who in points.bins if who
    )
    return _svg("histogram", "How the points are spread", said, draw, 2.2)


def exercises(items: Sequence[Item]) -> str:
    """For each exercise, how many have all of its points, some, none, and nothing written."""

    def draw(axes: Axes) -> None:
        places = range(len(items))[::-1]  # the first exercise is on top
        start = [0.0] * len(items)
        for label, colour, hatch, counted in (
            ("all points", BAR, "", lambda item: len(item.full)),
            ("some", PART, "///", lambda item: len(item.part)),
            ("none", NONE, r"\\\\\\", lambda item: len(item.none) - len(item.missing)),
            ("not written", GAP, "", lambda item: len(item.missing)),
        ):
            lengths = [counted(item) for item in items]
            axes.barh(
                places, lengths, left=start, color=colour, hatch=hatch, edgecolor=INK,
                linewidth=0.4, label=label, height=0.7,
            )  # fmt: skip
            start = [a + b for a, b in zip(start, lengths, strict=True)]
        axes.set_yticks(places, [_cut(item.exercise) for item in items])
        axes.set(xlabel="hand-ins", xlim=(0, max(start, default=1) or 1))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1), ncols=4, frameon=False,
            fontsize=9, borderaxespad=0.2, handlelength=1.4, columnspacing=1.2,
        )  # fmt: skip

    said = "; ".join(
        f"{item.exercise}: {len(item.full)} all points, {len(item.part)} some, "
        f"{len(item.none) - len(item.missing)} none, {len(item.missing)} not written"
        for item in items
    )
    height = 1.1 + 0.3 * len(items)
    return _svg("exercises", "Who has how much of each exercise", said, draw, height)


def trend(names: Sequence[str], shares: Sequence[tuple[float, float, float]]) -> str:
    """The class from assignment to assignment: the median share of points, and the quartiles."""

    def draw(axes: Axes) -> None:
        at = list(range(len(names)))
        axes.fill_between(
            at, [low for low, _, _ in shares], [high for *_, high in shares],
            color=PART, linewidth=0, label="the middle half",
        )  # fmt: skip
        axes.plot(at, [middle for _, middle, _ in shares], color=INK, marker="o", label="median")
        axes.set_xticks(at, [name.partition("_")[0] for name in names])
        axes.set(ylim=(0, 105), xlim=(-0.3, len(names) - 0.7), ylabel="% of points")
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=9)

    said = "; ".join(
        f"{name}: median {middle:.0f} %, middle half {low:.0f} to {high:.0f} %"
        for name, (low, middle, high) in zip(names, shares, strict=True)
    )
    return _svg("trend", "Points from assignment to assignment", said, draw, 2.4)


def _cut(name: str) -> str:
    """A name that leaves room for its bar."""
    return name if len(name) <= NAME else f"{name[: NAME - 1]}…"


def _svg(name: str, title: str, said: str, draw: Callable[[Axes], None], height: float) -> str:
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        draw(figure.subplots())
        file = io.StringIO()
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    return _for_page(file.getvalue(), name, title, said)


def _for_page(svg: str, name: str, title: str, said: str) -> str:
    """Matplotlib's file as an element of a page: its colours, its ids, a title and words."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    for colour, page in _PAGE.items():
        svg = svg.replace(colour, page)
    # ids of two pictures in one page must differ
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", svg)
    size = re.search(r'viewBox="[^"]*"', svg)
    head = (
        f'<svg role="img" aria-labelledby="{name}-title {name}-said" '
        f'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f"{size[0] if size else ''}>"
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-said">{escape(said)}</desc>'
    )
    return head + svg[svg.index(">") + 1 :].strip()
