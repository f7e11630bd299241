"""Right, and the file is damaged: a test cell deleted, a kernel of another name."""
# %% without check_fit_line
# %% kernel conda-env-astro-py
