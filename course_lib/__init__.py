"""A course on gradient-based inference that grades itself.

In a notebook:

    from course_lib import check
    check(tf_log_like)          # which claims hold, and the smallest input on which one does not
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__version__ = "0.1.0"
__all__ = ["check"]


def check(function: Callable[..., Any]) -> Any:
    """Show which claims about `function` hold, as a card under the cell.

    Where the checks are not installed (in the process that runs a submission for its grade) this
    does nothing: there the verdict is made elsewhere.
    """
    try:
        from course_lib.student.notebook import check as show
    except ImportError:
        return None
    return show(function)
