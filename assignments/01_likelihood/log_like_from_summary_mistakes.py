"""Known mistakes at `log_like_from_summary` that are one change of the notebook's solution."""

from __future__ import annotations

from .log_like_from_summary import log_like_from_summary

SQUARES = "syy - 2 * m * sxy + m**2 * sxx + n * middle**2"
PRICE = "n * (np.log(s) + 0.5 * np.log(2 * np.pi))"
mistake = log_like_from_summary.mistake

mistake(
    "middle_forgotten",
    "Lifting the line makes no difference: the distance of the line from the middle is missing.",
    " + n * middle**2",
    "",
)
mistake(
    "middle_once",
    "The distance of the line from the middle counts once, and not for every point.",
    "n * middle**2",
    "middle**2",
)
mistake(
    "sxy_once",
    "The mixed term of a square (u - v)² has a factor two.",
    "2 * m * sxy",
    "m * sxy",
)
mistake(
    "sxy_sign",
    "A line along the data scores lower than one across: look at the sign of the mixed term.",
    "- 2 * m * sxy",
    "+ 2 * m * sxy",
)
mistake(
    "slope_not_squared",
    "Sxx is multiplied by the slope; a square has it squared.",
    "m**2 * sxx",
    "m * sxx",
)
mistake(
    "log_once",
    "The price of the scale is paid once, and not by every point.",
    PRICE,
    "(np.log(s) + 0.5 * np.log(2 * np.pi))",
)
mistake(
    "fifty",
    "The number of points is always fifty: take it from the summary.",
    f"- {PRICE}",
    "- 50 * (np.log(s) + 0.5 * np.log(2 * np.pi))",
)
mistake(
    "two_points_less",
    "The price of the scale is paid by n - 2 points: every point pays it.",
    f"- {PRICE}",
    "- (n - 2) * (np.log(s) + 0.5 * np.log(2 * np.pi))",
)
mistake(
    "missing_two_pi",
    "The value is off by the same amount for each point: is 2π in your log?",
    " + 0.5 * np.log(2 * np.pi)",
    "",
)
mistake(
    "per_point",
    "This is the value of one point on average; the sum is wanted.",
    f"float(-0.5 * squares / s**2 - {PRICE})",
    f"float(-0.5 * squares / s**2 - {PRICE}) / n",
)
mistake(
    "best_line_only",
    "The line that is proposed makes no difference: you use the best one.",
    "middle = mean_y - (m * mean_x + b)",
    "m = sxy / sxx if sxx else 0.0\n    middle = 0.0",
)
mistake(
    "missing_half",
    "The squares count twice: compare the number in front of them with the formula's.",
    "-0.5 * squares",
    "-squares",
)
mistake(
    "s_not_squared",
    "The squares are divided by s; they belong to s².",
    "squares / s**2",
    "squares / s",
)
mistake(
    "m_and_b_swapped",
    "The slope and the intercept have changed places.",
    "n, mean_x, mean_y, sxx, sxy, syy = summary",
    "n, mean_x, mean_y, sxx, sxy, syy = summary\n    m, b = b, m",
)
mistake(
    "syy_forgotten",
    "The scatter of y does not count: Syy is missing.",
    "syy - 2",
    "-2",
)
mistake(
    "wrong_sign",
    "Lines that are further away score higher: look at the sign of the squares.",
    "-0.5 * squares",
    "0.5 * squares",
)
mistake(
    "log_of_the_variance",
    "The price of a large scale is paid twice: half of log s² is log s.",
    "np.log(s) +",
    "np.log(s**2) +",
)
mistake(
    "means_swapped",
    "The means have changed places: the summary has that of x first.",
    "n, mean_x, mean_y, sxx",
    "n, mean_y, mean_x, sxx",
)
mistake(
    "intercept_sign",
    "The intercept has the wrong sign in the distance from the middle.",
    "(m * mean_x + b)",
    "(m * mean_x - b)",
)
mistake(
    "means_for_sums",
    "The sums of the summary are divided by n; they are sums already.",
    "squares = syy - 2 * m * sxy + m**2 * sxx",
    "squares = (syy - 2 * m * sxy + m**2 * sxx) / n",
)
