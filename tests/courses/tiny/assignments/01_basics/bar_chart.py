"""A figure."""

from hypothesis import strategies as st
from matplotlib.figure import Figure

from course_lib.claims import agree, exercise

from .inputs import VALUES


@exercise(points=3)
def bar_chart(heights):
    """A figure with one bar for each of `heights` [n] at 0, 1, …, and a dashed line at their mean.

    The x axis is called "bin", the y axis "counts".
    """
    figure = Figure()
    axes = figure.subplots()
    axes.bar(range(len(heights)), heights)
    axes.axhline(sum(heights) / len(heights), linestyle="--", label="mean")
    axes.set(xlabel="bin", ylabel="counts")
    axes.legend()
    return figure


@bar_chart.claim(points=1, gate=True, heights=VALUES)
def draws_the_heights(student, truth, heights):
    """There is one bar for each height, as high as it is."""
    (axes,) = student.bar_chart(heights).axes
    agree(axes.of_kind("bars")[0].y, heights, tolerance=1e-12)


@bar_chart.claim(points=1, heights=VALUES)
def draws_the_mean(student, truth, heights):
    """A line lies at the mean of the heights."""
    line = student.bar_chart(heights).axes[0].of_kind("line")[0]
    agree(line.y, [heights.mean()] * len(line.y), tolerance=1e-12)


@bar_chart.claim(points=1, heights=st.just([1.0, 3.0]))
def says_what_it_shows(student, truth, heights):
    """The axes have their names, and the line is in the legend."""
    axes = student.bar_chart(heights).axes[0]
    agree([axes.xlabel, axes.ylabel, *axes.legend], ["bin", "counts", "mean"])


bar_chart.mistake(
    "names_exchanged",
    "The names of the axes are exchanged.",
    'xlabel="bin", ylabel="counts"',
    'xlabel="counts", ylabel="bin"',
)
bar_chart.mistake("no_legend", "There is no legend.", "axes.legend()", "pass")
bar_chart.mistake("no_bars", "There are no bars: it draws a curve.", "axes.bar(", "axes.plot(")
bar_chart.mistake(
    "line_at_the_top",
    "The line is at the highest bar.",
    "sum(heights) / len(heights)",
    "max(heights)",
)
bar_chart.mistake(
    "upside_down",
    "The bars hang down.",
    "range(len(heights)), heights",
    "range(len(heights)), -np.array(heights)",
)
