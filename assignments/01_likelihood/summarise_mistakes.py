"""Known mistakes at `summarise` that are one change of the notebook's solution."""

from __future__ import annotations

from .summarise import summarise

RETURN = "np.array([len(x), np.mean(x), np.mean(y), dx @ dx, dx @ dy, dy @ dy])"
DIFFERENCES = "dx, dy = x - np.mean(x), y - np.mean(y)"
mistake = summarise.mistake

mistake(
    "raw_sums",
    "The sums are about zero; the means are to be taken off first.",
    DIFFERENCES,
    "dx, dy = x, y",
)
mistake(
    "raw_then_centred",
    "The formula is right, but far from zero its digits cancel: take the means off before the sum.",
    RETURN,
    "np.array([len(x), np.mean(x), np.mean(y), x @ x - len(x) * np.mean(x) ** 2, "
    "x @ y - len(x) * np.mean(x) * np.mean(y), y @ y - len(x) * np.mean(y) ** 2])",
)
mistake(
    "variances",
    "These are means of squares; the sums are wanted.",
    "dx @ dx, dx @ dy, dy @ dy])",
    "dx @ dx / len(x), dx @ dy / len(x), dy @ dy / len(x)])",
)
mistake(
    "sample_variances",
    "These are sums divided by n - 1; the sums are wanted.",
    "dx @ dx, dx @ dy, dy @ dy])",
    "*(np.array([dx @ dx, dx @ dy, dy @ dy]) / max(len(x) - 1, 1))])",
)
mistake(
    "order",
    "The sums are in another order: Sxx, Sxy, Syy is wanted.",
    "dx @ dx, dx @ dy, dy @ dy])",
    "dx @ dx, dy @ dy, dx @ dy])",
)
mistake(
    "means_swapped",
    "The means have changed places: x comes first.",
    "np.mean(x), np.mean(y), dx @ dx",
    "np.mean(y), np.mean(x), dx @ dx",
)
mistake(
    "sxy_about_zero",
    "Sxy is about zero; there too the means are to be taken off first.",
    "dx @ dy",
    "x @ y",
)
mistake(
    "medians",
    "These are medians; the mean is what the sums know.",
    DIFFERENCES,
    "dx, dy = x - np.median(x), y - np.median(y)",
)
mistake(
    "sums_for_means",
    "The second and third number are sums; divide them by n.",
    "np.mean(x), np.mean(y), dx @ dx",
    "np.sum(x), np.sum(y), dx @ dx",
)
mistake(
    "sxy_without_sign",
    "Sxy is never negative in your answer: its sign is the sign of the slope.",
    "dx @ dy",
    "abs(dx @ dy)",
)
mistake(
    "covariance_matrix",
    "These are the entries of `np.cov`: divided by n - 1.",
    RETURN,
    "np.array([len(x), np.mean(x), np.mean(y), *np.cov(x, y).ravel()[[0, 1, 3]]])",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    DIFFERENCES,
    "dx, dy = np.float32(x) - np.float32(np.mean(x)), np.float32(y) - np.float32(np.mean(y))",
)
mistake(
    "about_the_first_point",
    "The sums are about the first point; they belong about the means.",
    DIFFERENCES,
    "dx, dy = x - x[0], y - y[0]",
)
mistake(
    "roots_of_the_sums",
    "These are roots of the sums of squares.",
    "dx @ dx, dx @ dy, dy @ dy])",
    "np.sqrt(dx @ dx), dx @ dy, np.sqrt(dy @ dy)])",
)
mistake(
    "correlation_for_sxy",
    "The fifth number is the correlation, which is Sxy divided by the two spreads.",
    "dx @ dy",
    "dx @ dy / np.sqrt((dx @ dx) * (dy @ dy) + 1e-300)",
)
mistake(
    "one_point_less",
    "The first number is n - 1; count the points.",
    "len(x), np.mean(x)",
    "len(x) - 1, np.mean(x)",
)
mistake(
    "y_about_the_mean_of_x",
    "y is taken about the mean of x.",
    "y - np.mean(y)",
    "y - np.mean(x)",
)
