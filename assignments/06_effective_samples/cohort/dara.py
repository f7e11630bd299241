"""Nothing yet: the notebook as it was handed out."""
# %% autocorrelation: as released
# %% integrated_time: as released
# %% mean_and_error: as released
# %% split_r_hat: as released
# %% noncentred_log_prob: as released
# %% what_each_number_sees: as released
