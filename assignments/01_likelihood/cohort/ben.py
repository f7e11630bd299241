"""Half done: the exercises after the second are as they were handed out."""
# %% tf_log_like_many: as released
# %% summarise: as released
# %% log_like_from_summary: as released
# %% which_integral: as released
