"""Half done, and that half is right: the second half is still as it was handed out."""
# %% fit_line: as released
# %% log_prior: as released
# %% log_prob: as released
# %% sampling_efficiency: as released
# %% meaning_of_log_like: as released
