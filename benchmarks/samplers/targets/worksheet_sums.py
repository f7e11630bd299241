"""The worksheet's posterior again, from five sums over the data: ten operations a call."""

from typing import Any

from targets.worksheet import CHAINS, DIMENSION, STAN_PARAMETERS, START, X, Y, truth

__all__ = ["CHAINS", "DIMENSION", "STAN_PARAMETERS", "START", "truth"]
SX, SY, SXX, SXY, SYY = (float(v.sum()) for v in (X, Y, X * X, X * Y, Y * Y))


def log_prob(np: Any, q: Any) -> Any:
    m, b, log_s = q[0], q[1], q[2]
    square = SYY + m * (m * SXX + 2 * (b * SX - SXY)) + b * (50 * b - 2 * SY)
    return -0.5 * square * np.exp(-2 * log_s) - 50 * log_s - 1.5 * np.log1p(m**2)


STAN = """
data { real sx; real sy; real sxx; real sxy; real syy; }
parameters { real m; real b; real log_s; }
model {
  real square_sum = syy + m * (m * sxx + 2 * (b * sx - sxy)) + b * (50 * b - 2 * sy);
  target += -0.5 * square_sum * exp(-2 * log_s) - 50 * log_s - 1.5 * log1p(square(m));
}
"""


def stan_data() -> dict[str, Any]:
    return {"sx": SX, "sy": SY, "sxx": SXX, "sxy": SXY, "syy": SYY}
