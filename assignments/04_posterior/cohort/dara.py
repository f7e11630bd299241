"""Nothing yet: the notebook as it was handed out."""
# %% change_variables: as released
# %% lighthouse_log_prob: as released
# %% transition_matrix: as released
# %% metropolis: as released
# %% stretch_proposal: as released
# %% which_flat_prior: as released
