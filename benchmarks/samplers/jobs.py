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


def jobs(target: str) -> list[Job]:
    """All that run on this target; what is left out is said in `left_out`."""
    posterior = load(target)
    d, (few, many) = posterior.DIMENSION, posterior.CHAINS
    rows = []
    for chains in (few, many):
        rows += [Job(f"{OURS}, NUTS", "ours", "nuts", chains, False)]
        rows += [Job(f"{OURS}, HMC of tuned length", "ours", "hmc", chains, False)]
    if d <= 50:
        rows += [Job("emcee", "ensemble", "", max(64, 2 * d + 2), False)]
    if target == "worksheet":
        rows += [Job("the sampler of 2018", "historic", "", 1, False)]
    rows += [
        Job("NumPyro", "jax_nuts", "", 1, True),
        Job("NumPyro", "jax_nuts", "", few, True),
        Job("BlackJAX, NUTS", "black_jax", "nuts", few, True),
        Job("BlackJAX, ChEES", "black_jax", "chees", few, True),
        Job("BlackJAX, ChEES", "black_jax", "chees", many, True),
        Job("TFP, NUTS", "tfp_nuts", "", few, True),
        Job("TFP, NUTS", "tfp_nuts", "", many, True),
        Job("nutpie", "pytensor_nuts", "nutpie", 4, True),
        Job("PyMC", "pytensor_nuts", "pymc", 4, True),
        Job("Stan", "stan_nuts", "", 4, True),
    ]
    if d >= 50:
        rows += [Job("nutpie, low-rank", "pytensor_nuts", "low_rank", 4, True)]
    return rows
