"""Describes a figure of Matplotlib's: its words, scales, and the data of what is drawn.

    figure_of(plt.gcf()).axes[0].artists[0].kind      # "line"

Lines without a stroke are "points"; so are scatter plots. Bars have their centres as x and heights
as y. Points with their error bars are one thing, "errorbar", at the points. Of an image only its
numbers are kept, row by row, as y.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_ARTISTS = 100  # of one panel; a picture of the course has under ten
MOST_NUMBERS = 10_000  # of one artist


@dataclass(frozen=True)
class Artist:
    """One thing that is drawn: its kind ("line", "points", "bars", "image" …), label and data."""

    kind: str
    label: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]


@dataclass(frozen=True)
class Axes:
    """One panel of a figure: its words, scales, and what is drawn in it."""

    title: str
    xlabel: str
    ylabel: str
    xscale: str
    yscale: str
    legend: tuple[str, ...]
    artists: tuple[Artist, ...]

    def of_kind(self, kind: str) -> list[Artist]:
        """The artists of one kind, in the order in which they were drawn."""
        return [artist for artist in self.artists if artist.kind == kind]


@dataclass(frozen=True)
class Figure:
    """A figure: its panels."""

    axes: tuple[Axes, ...]


def is_figure(value: Any) -> bool:
    """Whether it is a figure or axes of Matplotlib's, without importing Matplotlib."""
    figure = sys.modules.get("matplotlib.figure")
    axes = sys.modules.get("matplotlib.axes")
    return (figure is not None and isinstance(value, figure.Figure)) or (
        axes is not None and isinstance(value, axes.Axes)
    )


def figure_of(drawn: Any) -> Figure:
    """Describe a Figure, or the figure that an Axes stands in."""
    figure = getattr(drawn, "figure", None) or drawn
    return Figure(tuple(_axes(axes) for axes in figure.axes[:MOST_ARTISTS]))


def _axes(axes: Any) -> Axes:
    legend = axes.get_legend()
    return Axes(
        title=str(axes.get_title()),
        xlabel=str(axes.get_xlabel()),
        ylabel=str(axes.get_ylabel()),
        xscale=str(axes.get_xscale()),
        yscale=str(axes.get_yscale()),
        legend=tuple(str(text.get_text()) for text in legend.get_texts()) if legend else (),
        artists=tuple(_artists(axes))[:MOST_ARTISTS],
    )


def _artists(axes: Any) -> Iterator[Artist]:
    errorbars = [each for each in axes.containers if hasattr(each, "has_yerr")]
    parts = {id(part) for each in errorbars for part in _flat(each)}
    for container in errorbars:
        points = container.lines[0]
        data = ([], []) if points is None else (points.get_xdata(), points.get_ydata())
        yield _artist("errorbar", container, *data)
    for line in axes.get_lines():
        if id(line) in parts:
            continue
        stroke = line.get_linestyle() not in ("None", "none", "", " ")
        yield _artist("line" if stroke else "points", line, line.get_xdata(), line.get_ydata())
    for container in axes.containers:
        if container in errorbars:
            continue
        bars = [patch for patch in container.get_children() if hasattr(patch, "get_height")]
        centres = [bar.get_x() + bar.get_width() / 2 for bar in bars]
        yield _artist("bars", container, centres, [bar.get_height() for bar in bars])
    for collection in axes.collections:
        if id(collection) in parts:
            continue
        offsets = np.asarray(collection.get_offsets(), dtype=np.float64)
        if offsets.ndim == 2 and len(offsets):
            yield _artist("points", collection, offsets[:, 0], offsets[:, 1])
    for image in axes.get_images():
        values = np.ravel(image.get_array())
        yield _artist("image", image, np.arange(len(values)), values)


def _flat(container: Any) -> Iterator[Any]:
    """The lines and collections that an error bar is made of."""
    points, caps, bars = container.lines
    yield from (each for each in (points, *caps, *bars) if each is not None)


def _artist(kind: str, artist: Any, x: Any, y: Any) -> Artist:
    data = (np.array(np.ravel(values)[:MOST_NUMBERS], dtype=np.float64) for values in (x, y))
    return Artist(kind, str(artist.get_label()), *data)
