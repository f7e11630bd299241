"""Who runs on what: one job is a sampler, a target and a number of chains.

>>> [job.name for job in jobs("worksheet") if job.name.startswith("Stan")]
['Stan']
"""

from __future__ import annotations

from typing import NamedTuple

from targets import load


class Job(NamedTuple):
    """One row of a target's table."""

    name: str
    """As the table shows it"""
    adapter: str
    variant: str
    chains: int
    peer: bool
    """Runs in the peers' environment"""


OURS = "here"


SEVERAL_SCALES = ("funnel", "eight_centred", "rosenbrock", "student_t3")
"""Where elastic steps and WALNUTS are tried, which adapt the step along the way."""
SHORT_LIST = {
    "worksheet_sums": ("here", "NumPyro", "ChEES", "TFP", "nutpie", "Stan"),
    "funnel": ("here", "NumPyro", "ChEES", "nutpie", "PyMC", "Stan", "WALNUTS"),
    "eight_centred": ("here", "ChEES", "WALNUTS"),
    "rosenbrock": ("here", "ChEES", "WALNUTS"),
    "student_t3": ("here", "ChEES", "WALNUTS"),
}
"""Where the others would only say again what they say on another target."""


def jobs(target: str) -> list[Job]:
    """All that run on this target, with one or two numbers of chains."""
    posterior = load(target)
    d, (few, many) = posterior.DIMENSION, posterior.CHAINS
    both = (few,) if target in SEVERAL_SCALES else (few, many)
    rows = []
    for chains in both:
        rows += [
            Job(f"{OURS}, HMC of tuned length", "ours", "hmc", chains, False),
            Job(f"{OURS}, NUTS", "ours", "nuts", chains, False),
            Job("BlackJAX, ChEES", "black_jax", "chees", chains, True),
        ]
    if target in SEVERAL_SCALES:
        rows += [Job(f"{OURS}, elastic-step HMC", "ours", "elastic", c, False) for c in both]
        rows += [Job("WALNUTS", "walnuts", "deep", 4, True)]
    rows += [Job("TFP, NUTS", "tfp_nuts", "", c, True) for c in (both if d < 50 else (few,))]
    rows += [
        Job("NumPyro", "jax_nuts", "", few, True),
        Job("NumPyro", "jax_nuts", "", 1, True),
        Job("BlackJAX, NUTS", "black_jax", "nuts", few, True),
        Job("nutpie", "pytensor_nuts", "nutpie", 4, True),
        Job("PyMC", "pytensor_nuts", "pymc", 4, True),
        Job("Stan", "stan_nuts", "", 4, True),
    ]
    if d >= 50:
        rows += [Job("nutpie, low-rank", "pytensor_nuts", "low_rank", 4, True)]
    if d <= 50:
        rows += [Job("emcee", "ensemble", "", max(64, 2 * d + 2), False)]
    if target == "worksheet":
        rows += [Job("the sampler of 2018", "historic", "", 1, False)]
    names = SHORT_LIST.get(target, ("",))
    return [row for row in rows if any(name in row.name for name in names)]
