"""Makes one seed give the same draws in every process.

    reproducible_draws()        # once, before anything is drawn

hypothesis takes every twentieth number from a pool, in which it puts the numbers that it reads in
the source of "local" modules: ours where the package is installed for editing, not where it is
installed from an archive, and those of an instructor's own that happen to be imported. `course
grade`, `nbgrader autograde` and a cluster's worker would draw differently from one seed. Its own
list of nasty numbers stays.
"""

from __future__ import annotations

from hypothesis.internal.conjecture import providers


def reproducible_draws() -> None:
    """Let hypothesis read no module. It has no setting for that; its older versions read none."""
    if hasattr(providers, "Constants"):
        none = providers.Constants()
        providers._get_local_constants = lambda: none
