"""Nothing yet: the notebook as it was handed out."""
# %% central_difference: as released
# %% pull_back: as released
# %% gradient_many: as released
# %% hessian_times: as released
# %% gradient_is_right: as released
# %% where_the_digits_go: as released
