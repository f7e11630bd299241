"""Half done: the exercises after the second are as they were handed out."""
# %% gradient_many: as released
# %% hessian_times: as released
# %% gradient_is_right: as released
# %% where_the_digits_go: as released
