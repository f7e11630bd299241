"""Of a fit: where its search ended, if that is not at the top. Of a count: by which factor.

stops_early(evidence)       # "It climbs, and ends below the top: …"
factor_of_the_count(evidence)   # "Its effective number is about 4 times what it should be …"
"""

from __future__ import annotations

import numpy as np

from course_lib.feedback.evidence import Evidence

from .fit_line import Fit, height

FEW = 3  # inputs
BELOW = 1e-3  # of the log likelihood: what a search that has ended leaves is a hundredth of that
ROUGHLY = 0.15  # relative: how far two estimates of one autocorrelation time may differ


def stops_early(evidence: Evidence) -> str:
    """Whether it ends higher than it started and lower than the top, on every input that is off."""
    table = evidence.values
    wrong = [
        (Fit(**row.given), row.expected, row.got)
        for row, right in zip(table.rows, table.right, strict=True)
        if not right.all()
    ]
    if len(wrong) < FEW:
        return ""
    below = 0
    for fit, expected, got in wrong:
        start, end, top = (height(fit, theta) for theta in (fit.theta0, got, expected))
        if not start < end:
            return ""
        below += end < top - BELOW  # else it nearly arrives, and is off by a little
    if below < FEW:
        return ""
    return (
        "It climbs from its start and ends below the top, on every input on which it is wrong: the "
        "search stops too early, may not go where the top is, or looks for another one."
    )


def factor_of_the_count(evidence: Evidence) -> str:
    """Whether the effective number is off by about one factor, the same for every chain."""
    table = evidence.values
    if len(table) < FEW or table.expected.shape[1] != 2 or not np.isfinite(table.got).all():
        return ""
    ratio = table.got[:, 0] / table.expected[:, 0]
    middle = float(np.median(ratio))
    if middle <= 0 or abs(np.log(middle)) < 2 * ROUGHLY:
        return ""
    if np.abs(ratio / middle - 1).max() > ROUGHLY:
        return ""
    return f"Its effective number is about {middle:.2g} times what it should be, for every chain."
