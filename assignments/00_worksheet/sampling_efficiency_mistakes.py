"""Known mistakes at `sampling_efficiency` that are one change of the notebook's solution.

Those that need more than one change are files in `mistakes/sampling_efficiency/`.
"""

from __future__ import annotations

from .sampling_efficiency import sampling_efficiency

sampling_efficiency.mistake(
    "averaged_over_walkers_first",
    "You average the walkers before you count; a mean of independent walkers is one chain, "
    "not many.",
    "steps, walkers, _ = chain.shape\n"
    "    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "mean = chain.mean(axis=1, keepdims=True)\n"
    "    n_eff = float(len(mean) / np.mean(integrated_time(mean)))",
)
sampling_efficiency.mistake(
    "count_alone",
    "One number comes back where a pair is asked for; the price of an effective sample is missing.",
    "n_eff = float(steps * walkers / np.mean(integrated_time(chain)))\n"
    "    return n_eff, seconds / n_eff",
    "return float(steps * walkers / np.mean(integrated_time(chain)))",
)
sampling_efficiency.mistake(
    "every_draw_counted",
    "A slow chain is worth as much as a fast one to you; neighbours resemble each other, "
    "and τ says how much.",
    "steps, walkers, _ = chain.shape\n"
    "    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "n_eff = float(chain.shape[0] * chain.shape[1])",
)
sampling_efficiency.mistake(
    "fastest_parameter",
    "You take the fastest parameter's time for all; the exercise asks for the mean.",
    "np.mean",
    "np.min",
)
sampling_efficiency.mistake(
    "first_half_dropped",
    "Your count is half of what it should be; the burn-in was taken off before the chain "
    "was handed over.",
    "steps, walkers, _ = chain.shape\n"
    "    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "kept = chain[len(chain) // 2 :]\n"
    "    n_eff = float(kept.shape[0] * kept.shape[1] / np.mean(integrated_time(kept)))",
)
sampling_efficiency.mistake(
    "first_parameter",
    "You look at the first parameter only; the others have times of their own.",
    "np.mean(integrated_time(chain))",
    "integrated_time(chain)[0]",
)
sampling_efficiency.mistake(
    "first_walker_only",
    "Your count is that of a single walker; the others' draws were paid for too.",
    "steps, walkers, _ = chain.shape\n"
    "    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "own = chain[:, :1]\n    n_eff = float(len(own) / np.mean(integrated_time(own)))",
)
sampling_efficiency.mistake(
    "geometric_mean",
    "You take a geometric mean of the times; the ordinary one is asked for.",
    "np.mean(integrated_time(chain))",
    "np.exp(np.mean(np.log(integrated_time(chain))))",
)
sampling_efficiency.mistake(
    "half_the_time",
    "Your chains forget twice as fast as they should; the sum over lags goes both ways.",
    "n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "one_sided = 0.5 * (integrated_time(chain) + 1.0)\n"
    "    n_eff = float(steps * walkers / np.mean(one_sided))",
)
sampling_efficiency.mistake(
    "last_parameter",
    "You look at the last parameter only; the others have times of their own.",
    "np.mean(integrated_time(chain))",
    "integrated_time(chain)[-1]",
)
sampling_efficiency.mistake(
    "mean_of_the_counts",
    "You average the parameters' effective numbers; average their times first, for the "
    "mean of 1/τ is not 1 over the mean.",
    "steps * walkers / np.mean(integrated_time(chain))",
    "np.mean(steps * walkers / integrated_time(chain))",
)
sampling_efficiency.mistake(
    "median_time",
    "With three parameters you take the time in the middle; the exercise asks for the mean.",
    "np.mean",
    "np.median",
)
sampling_efficiency.mistake(
    "milliseconds",
    "The second number is a thousand times too large; in which unit is it asked for?",
    "seconds / n_eff",
    "1000.0 * seconds / n_eff",
)
sampling_efficiency.mistake(
    "multiplied_by_time",
    "The slower the chain, the more it is worth to you; τ draws make one effective one, so "
    "which way does it enter?",
    "/ np.mean(integrated_time(chain))",
    "* np.mean(integrated_time(chain))",
)
sampling_efficiency.mistake(
    "neighbours_only",
    "For a chain with one rate of forgetting you are right, and else not; the correlation "
    "of neighbours is not all of it.",
    "n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "z = chain - chain.mean(axis=(0, 1))\n"
    "    rho = np.mean(z[1:] * z[:-1], axis=(0, 1)) / np.mean(z**2, axis=(0, 1))\n"
    "    n_eff = float(steps * walkers / np.mean((1.0 + rho) / (1.0 - rho)))",
)
sampling_efficiency.mistake(
    "one_number_for_each_parameter",
    "You return a number for each parameter; their times are to be averaged into one.",
    "float(steps * walkers / np.mean(integrated_time(chain)))",
    "steps * walkers / integrated_time(chain)",
)
sampling_efficiency.mistake(
    "one_plus_twice_the_time",
    "Your count is less than half of what it should be; 1 + 2 Σ is what `integrated_time` "
    "has computed for you.",
    "np.mean(integrated_time(chain))",
    "(1.0 + 2.0 * np.mean(integrated_time(chain)))",
)
sampling_efficiency.mistake(
    "order_swapped",
    "Both numbers are right, but they stand in the other order.",
    "n_eff, seconds / n_eff",
    "seconds / n_eff, n_eff",
)
sampling_efficiency.mistake(
    "parameters_counted_too",
    "Your count is too large by the number of parameters; a draw is one vector, however long.",
    "steps, walkers, _ = chain.shape\n"
    "    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "n_eff = float(chain.size / np.mean(integrated_time(chain)))",
)
sampling_efficiency.mistake(
    "remembered_count",
    "Whatever the chain, your number of effective samples is the one of 2018.",
    "steps, walkers, _ = chain.shape\n"
    "    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "n_eff = 1928.0",
)
sampling_efficiency.mistake(
    "returns_single_precision",
    "Both numbers come back as float32; plain floats are asked for.",
    "n_eff = float(steps * walkers / np.mean(integrated_time(chain)))\n"
    "    return n_eff, seconds / n_eff",
    "n_eff = np.float32(steps * walkers / np.mean(integrated_time(chain)))\n"
    "    return n_eff, np.float32(seconds) / n_eff",
)
sampling_efficiency.mistake(
    "samples_per_second",
    "The second number is one over what it should be; seconds per sample are asked for, "
    "not samples per second.",
    "seconds / n_eff",
    "n_eff / seconds",
)
sampling_efficiency.mistake(
    "seconds_multiplied",
    "The second number grows with the effective samples; the more of them, the cheaper each.",
    "/ n_eff",
    "* n_eff",
)
sampling_efficiency.mistake(
    "seconds_per_draw",
    "The second number is the time for any draw; for an effective one it takes τ times as long.",
    "/ n_eff",
    "/ (steps * walkers)",
)
sampling_efficiency.mistake(
    "seconds_per_step",
    "The second number is the time for one step of all walkers; the time for one effective "
    "sample is asked for.",
    "/ n_eff",
    "/ steps",
)
sampling_efficiency.mistake(
    "slowest_parameter",
    "You take the slowest parameter's time for all; the exercise asks for the mean.",
    "np.mean",
    "np.max",
)
sampling_efficiency.mistake(
    "square_root",
    "Your count is the root of what it should be; errors shrink like 1/√n, but n itself is "
    "asked for.",
    "steps * walkers / np.mean(integrated_time(chain))",
    "np.sqrt(steps * walkers / np.mean(integrated_time(chain)))",
)
sampling_efficiency.mistake(
    "summed_times",
    "Your count is too small by the number of parameters; their times are to be averaged, "
    "not added.",
    "np.mean",
    "np.sum",
)
sampling_efficiency.mistake(
    "thinned",
    "Your count is too small, since you keep every tenth step; thinning only throws "
    "information away.",
    "steps, walkers, _ = chain.shape\n"
    "    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "kept = chain[::10]\n"
    "    n_eff = float(kept.shape[0] * kept.shape[1] / np.mean(integrated_time(kept)))",
)
sampling_efficiency.mistake(
    "time_of_one_number",
    "You pool all parameters into one number per step before you ask for its time; each "
    "parameter has a time of its own.",
    "n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "pooled = chain.sum(axis=2, keepdims=True)\n"
    "    n_eff = float(steps * walkers / integrated_time(pooled)[0])",
)
sampling_efficiency.mistake(
    "twice_the_time",
    "Your count is half of what it should be; `integrated_time` has both directions of the "
    "lag in it already.",
    "np.mean(integrated_time(chain))",
    "(2.0 * np.mean(integrated_time(chain)))",
)
sampling_efficiency.mistake(
    "walkers_forgotten",
    "Your count is too small by the number of walkers; each of them draws too.",
    "steps, walkers, _ = chain.shape\n"
    "    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "n_eff = float(len(chain) / np.mean(integrated_time(chain)))",
)
sampling_efficiency.mistake(
    "walkers_in_one_row",
    "Your chains seem to forget at once; laid out in one row, each step is followed by "
    "another walker's.",
    "steps, walkers, _ = chain.shape\n"
    "    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "row = chain.reshape(-1, 1, chain.shape[2])\n"
    "    n_eff = float(len(row) / np.mean(integrated_time(row)))",
)
sampling_efficiency.mistake(
    "walkers_only",
    "Your count is far too small; the steps are draws as well as the walkers.",
    "steps, walkers, _ = chain.shape\n"
    "    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "n_eff = float(chain.shape[1] / np.mean(integrated_time(chain)))",
)
sampling_efficiency.mistake(
    "whole_samples",
    "n_eff is rounded down to a whole number: it is an estimate, so keep its digits.",
    "float(steps * walkers / np.mean(integrated_time(chain)))",
    "steps * walkers // np.mean(integrated_time(chain))",
)
sampling_efficiency.mistake(
    "worksheet_shape",
    "You are right for 2000 steps of 32 walkers only; the chain knows its own shape.",
    "steps, walkers, _ = chain.shape\n"
    "    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))",
    "n_eff = float(2000 * 32 / np.mean(integrated_time(chain)))",
)
