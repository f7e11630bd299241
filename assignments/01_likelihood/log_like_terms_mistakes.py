"""Known mistakes at `log_like_terms` that are one change of the notebook's solution."""

from __future__ import annotations

from .log_like_terms import log_like_terms

SOLUTION = "-0.5 * ((y - model) / s) ** 2 - np.log(s) - 0.5 * np.log(2 * np.pi)"
SQUARE = "((y - model) / s) ** 2"
mistake = log_like_terms.mistake

mistake(
    "missing_half",
    "The curve is too narrow: compare the number in front of the square with the formula's.",
    "-0.5 * ((y",
    "-((y",
)
mistake(
    "missing_two_pi",
    "The shape is right, but the area under it is not one: is 2π in your log?",
    " - 0.5 * np.log(2 * np.pi)",
    "",
)
mistake(
    "pi_for_two_pi",
    "The area under your curve is √2: look at the number beside π.",
    "np.log(2 * np.pi)",
    "np.log(np.pi)",
)
mistake(
    "s_for_variance_in_the_log",
    "The price of a large scale is too low: it is the log of s², half of it, which is one log s.",
    "np.log(s)",
    "0.5 * np.log(s)",
)
mistake(
    "log_of_the_variance",
    "The price of a large scale is paid twice: log s² is 2 log s, and half of it is wanted.",
    "np.log(s)",
    "np.log(s**2)",
)
mistake(
    "s_not_squared",
    "The residual is divided by √s: the square belongs around the quotient.",
    SQUARE,
    "(y - model) ** 2 / s",
)
mistake(
    "summed_already",
    "There is one number where one for each point is wanted: leave the sum for later.",
    SOLUTION,
    f"np.sum({SOLUTION})",
)
mistake(
    "averaged",
    "There is one number, the mean of the terms, where one for each point is wanted.",
    SOLUTION,
    f"np.mean({SOLUTION})",
)
mistake(
    "sum_spread_evenly",
    "All points have the same term: a term is about its own point, not the average of all.",
    f"return {SOLUTION}",
    f"return np.full(len(y), np.mean({SOLUTION}))",
)
mistake(
    "log_shared_by_all_points",
    "The price of the scale is shared out among the points, but each pays all of it.",
    "- np.log(s) - 0.5 * np.log(2 * np.pi)",
    "- (np.log(s) + 0.5 * np.log(2 * np.pi)) / len(y)",
)
mistake(
    "wrong_sign",
    "Points that are further away score higher: look at the sign.",
    SOLUTION,
    f"-({SOLUTION})",
)
mistake(
    "price_of_the_scale_is_a_gift",
    "A larger scale scores higher, whatever the data are: look at the sign of log s.",
    "- np.log(s)",
    "+ np.log(s)",
)
mistake(
    "m_and_b_swapped",
    "The slope and the intercept have changed places.",
    "m * x + b",
    "b * x + m",
)
mistake(
    "intercept_forgotten",
    "Lifting the line makes no difference: b is missing from your model.",
    "m * x + b",
    "m * x",
)
mistake(
    "global_y",
    "Your function uses the notebook's y and not the one that it is given.",
    "y - model",
    "y_data[: len(y)] - model",
)
mistake(
    "clipped_residuals",
    "Far away, the distance makes no more difference: something is clipped.",
    SQUARE,
    "np.clip((y - model) / s, -40.0, 40.0) ** 2",
)
mistake(
    "floored_scale",
    "Below some value the scale makes no difference: it has a floor.",
    "model = m * x + b",
    "model, s = m * x + b, max(s, 1e-6)",
)
mistake(
    "padded_scale",
    "A small number is added to the scale; for scales as small as that it is no longer small.",
    SQUARE,
    "((y - model) / (s + 1e-9)) ** 2",
)
mistake(
    "density_not_log",
    "These are densities: the log is still to be taken.",
    SOLUTION,
    f"np.exp({SOLUTION})",
)
mistake(
    "log_of_the_density",
    "For far points you get minus infinity: the density is too small for float64 before its log "
    "is taken. Write down the log of the formula.",
    SOLUTION,
    "np.log(np.exp(-0.5 * ((y - model) / s) ** 2) / np.sqrt(2 * np.pi) / s)",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    "model = m * x + b",
    "model = np.float32(m * x + b)",
)
mistake(
    "scale_from_the_residuals",
    "The scale that is proposed makes no difference: you use the scatter of these data.",
    "model = m * x + b",
    "model = m * x + b\n    s = np.sqrt(np.mean((y - model) ** 2)) + 1e-300",
)
mistake(
    "laplace_density",
    "Residuals count by their size and not by their square: that is another density.",
    SOLUTION,
    "-np.abs(y - model) / s - np.log(2 * s)",
)
mistake(
    "distance_from_the_line",
    "You take the distance at right angles to the line; the noise is along y alone.",
    SQUARE,
    "((y - model) / s) ** 2 / (1 + m**2)",
)
mistake(
    "decimal_log",
    "These are logarithms to base ten; the natural ones are wanted.",
    SOLUTION,
    f"({SOLUTION}) / np.log(10.0)",
)
mistake(
    "residual_not_divided",
    "The scale makes no difference to how much a residual counts.",
    SQUARE,
    "(y - model) ** 2",
)
mistake(
    "sorted",
    "The terms are right but not in the order of the points.",
    f"return {SOLUTION}",
    f"return np.sort({SOLUTION})",
)
mistake(
    "multiplied_by_the_variance",
    "Where s is not one, the square is multiplied by s², and not divided: in `a / 2 * b`, Python "
    "divides by 2 alone.",
    SQUARE,
    "(y - model) ** 2 * s**2",
)
mistake(
    "residual_not_squared",
    "Doubling a residual only doubles what it costs, and points below the line gain by it: is it "
    "squared?",
    SQUARE,
    "((y - model) / s)",
)
