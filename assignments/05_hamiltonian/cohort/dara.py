"""Nothing yet: the notebook as it was handed out."""
# %% leapfrog: as released
# %% sample_momentum: as released
# %% hmc_step: as released
# %% is_u_turn: as released
# %% why_two_steps: as released
