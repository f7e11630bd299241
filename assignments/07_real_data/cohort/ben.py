"""Half done: the exercises after the second are as they were handed out."""
# %% outlier_probability: as released
# %% replicate: as released
# %% why_improper: as released
