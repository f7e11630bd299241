"""Blank: handed in as it was handed out."""
# %% tf_log_like: as released
# %% meaning_of_log_like: as released
# %% grad_log_like: as released
# %% tf_log_like_log_s: as released
# %% grad_log_like_log_s: as released
# %% fit_line: as released
# %% log_prior: as released
# %% log_prob: as released
# %% sampling_efficiency: as released
