"""Nothing yet: the notebook as it was handed out."""
# %% value_and_gradient: as released
# %% descend: as released
# %% newton: as released
# %% standard_errors: as released
# %% laplace_log_evidence: as released
# %% what_the_curvature_knows: as released
