"""Half done: the exercises after the second are as they were handed out."""
# %% mean_and_error: as released
# %% split_r_hat: as released
# %% noncentred_log_prob: as released
# %% what_each_number_sees: as released
