"""Nothing yet: the notebook as it was handed out."""
# %% fit_weighted: as released
# %% mixture_log_like: as released
# %% outlier_probability: as released
# %% replicate: as released
# %% why_improper: as released
