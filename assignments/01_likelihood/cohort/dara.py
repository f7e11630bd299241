"""Nothing yet: the notebook as it was handed out."""
# %% simulate_line: as released
# %% log_like_terms: as released
# %% tf_log_like_many: as released
# %% summarise: as released
# %% log_like_from_summary: as released
# %% which_integral: as released
