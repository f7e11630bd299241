"""Known mistakes at `simulate_line` that are one change of the notebook's solution."""

from __future__ import annotations

from .simulate_line import simulate_line

NOISE = "rng.standard_normal(len(x))"
RETURN = f"return m * x + b + s * {NOISE}"
mistake = simulate_line.mistake

mistake(
    "no_noise",
    "All points are on the line: the noise is missing.",
    f" + s * {NOISE}",
    "",
)
mistake(
    "one_draw_for_all",
    "All points are moved by the same amount: draw one number for each of them.",
    NOISE,
    "rng.standard_normal()",
)
mistake(
    "variance_for_scale",
    "The noise grows with the square of s: s is the standard deviation, not the variance.",
    f"s * {NOISE}",
    f"s**2 * {NOISE}",
)
mistake(
    "root_of_the_scale",
    "The noise grows with the root of s: s is the standard deviation, not the variance.",
    f"s * {NOISE}",
    f"np.sqrt(s) * {NOISE}",
)
mistake(
    "uniform_noise",
    "The noise never goes beyond some distance, and it is flat: it is not Gaussian.",
    NOISE,
    "np.sqrt(12) * (rng.uniform(size=len(x)) - 0.5)",
)
mistake(
    "laplace_noise",
    "Too many points are close to the line, and too many far off: this noise is not Gaussian.",
    NOISE,
    "rng.laplace(size=len(x)) / np.sqrt(2)",
)
mistake(
    "half_normal",
    "No point lies below the line.",
    NOISE,
    f"np.abs({NOISE})",
)
mistake(
    "noise_on_x",
    "The noise moves the points along x; it belongs on y, whatever the slope is.",
    RETURN,
    f"return m * (x + s * {NOISE}) + b",
)
mistake(
    "scaled_by_the_line",
    "The noise grows with the height of the line; its width is s everywhere.",
    f"s * {NOISE}",
    f"s * (m * x + b) * {NOISE}",
)
mistake(
    "global_generator",
    "The same seed gives other data: draw from the generator that you are given.",
    NOISE,
    "np.random.standard_normal(len(x))",
)
mistake(
    "own_seed",
    "Every seed gives the same data: draw from the generator that you are given.",
    RETURN,
    f"rng = np.random.default_rng(0)\n    {RETURN}",
)
mistake(
    "m_and_b_swapped",
    "The slope and the intercept have changed places.",
    "m * x + b",
    "b * x + m",
)
mistake(
    "sorted_noise",
    "The noise rises along x: draw it, and leave it in the order in which it comes.",
    NOISE,
    f"np.sort({NOISE})",
)
mistake(
    "centred_noise",
    "The noise of each data set averages to zero; real noise does not do anyone that favour.",
    RETURN,
    f"noise = {NOISE}\n    return m * x + b + s * (noise - np.mean(noise))",
)
mistake(
    "standardised_noise",
    "The noise of each data set has mean zero and width s exactly; real noise scatters.",
    RETURN,
    f"noise = {NOISE}\n"
    "    noise = (noise - np.mean(noise)) / np.std(noise)\n    return m * x + b + s * noise",
)
mistake(
    "ten_percent_too_wide",
    "The noise is wider than s: look at what s is multiplied by.",
    f"s * {NOISE}",
    f"1.1 * s * {NOISE}",
)
mistake(
    "cumulative",
    "The noise wanders off: each point has the noise of those before it, too.",
    NOISE,
    f"np.cumsum({NOISE})",
)
mistake(
    "truncated",
    "There are no far points: noise beyond two s is cut off.",
    NOISE,
    f"np.clip({NOISE}, -2.0, 2.0)",
)
mistake(
    "width_depends_on_x",
    "The noise is wider in some places than in others.",
    f"s * {NOISE}",
    f"s * (1 + 0.3 * np.sin(x)) * {NOISE}",
)
mistake(
    "an_x_of_its_own",
    "The data are not at the x that you are given: you draw new ones.",
    RETURN,
    "x = rng.uniform(np.min(x), np.max(x), len(x))\n    " + RETURN,
)
mistake(
    "noise_alone",
    "The points scatter about zero: the line is missing.",
    f"m * x + b + s * {NOISE}",
    f"s * {NOISE}",
)
mistake(
    "student_t_noise",
    "Far points are too frequent: this noise is not Gaussian.",
    NOISE,
    "rng.standard_t(5, size=len(x)) / np.sqrt(5 / 3)",
)
mistake(
    "intercept_subtracted",
    "The line lies on the other side of zero at x = 0: look at the sign of b.",
    "m * x + b",
    "m * x - b",
)
