"""The result of a sampler: the draws, with information on each transition.

>>> result = nuts(model, start, draws=400, warmup=300, seed=1, progress=False)
>>> result.draws.shape                      # [steps, chains, d]
(400, 1, 3)
>>> result.flat.shape                       # [steps * chains, d], for a corner plot
(400, 3)
>>> n_eff = result.effective_sample_size()
>>> cost = result.evaluations / n_eff.mean()            # gradients for one independent draw
>>> print(result.summary())
parameter         mean          sd        mcse  bulk ESS  tail ESS   R-hat
m         ...
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.diagnostics.autocorrelation import effective_sample_size
from course_lib.inference.diagnostics.concerns import ONE_START, diverged, never_moved, unused
from course_lib.inference.diagnostics.plots import corner_plot
from course_lib.inference.diagnostics.summary import Summary, summarise, worst_concerns
from course_lib.inference.hamiltonian.metrics import Metric
from course_lib.inference.hamiltonian.transition import Transition

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Result:
    """Draws of d parameters, from `chains` chains with `steps` transitions each."""

    draws: Floats = field(repr=False)
    """[steps, chains, d]"""
    log_prob: Floats = field(repr=False)
    """[steps, chains]: log_prob at the draws"""
    acceptance: Floats = field(repr=False)
    """[steps, chains]: mean acceptance probability along each trajectory"""
    divergent: NDArray[np.bool_] = field(repr=False)
    """[steps, chains]: whether the energy error was above MAX_ENERGY_ERROR"""
    depth: NDArray[np.int64] = field(repr=False)
    """[steps, chains]: number of doublings; 0 for HMC"""
    leapfrogs: NDArray[np.int64] = field(repr=False)
    """[steps, chains]: number of gradients evaluated for this draw"""
    energy: Floats = field(repr=False)
    """[steps, chains]: the Hamiltonian at the start of the trajectory"""
    names: list[str]
    """A label for each of the d parameters"""
    step_size: Floats
    """[chains]: ε of the draws"""
    metric: tuple[Metric, ...]
    """The metric of each chain's draws"""
    seed: int | None
    """The seed that gives these draws again; None if the argument was a Generator"""
    warmup: int
    """Transitions of each chain's warm-up, which are not among the draws"""
    warmup_evaluations: int
    """Number of gradients evaluated before the first draw"""
    compile_seconds: float
    """Wall time of the first evaluation at each start, which traces a TFModel"""
    warmup_seconds: float
    """Wall time of the warm-up"""
    sampling_seconds: float
    """Wall time of the draws"""
    one_start: bool = False
    """Whether all chains started at, or around, the same point"""
    bounds: tuple[str, ...] = ()
    """Where log_prob stops being finite, such as "below q[0] = 0.001"; looked for if trajectories
    diverged"""
    unused: tuple[str, ...] = ()
    """Names of the parameters that log_prob does not depend on"""

    @classmethod
    def of(cls, transitions: Sequence[Sequence[Transition]], **about: Any) -> Result:
        """A result from transitions[step][chain]; `about` are the fields that they lack."""
        return cls(
            draws=np.array([[t.point.position for t in row] for row in transitions]),
            log_prob=np.array([[t.point.log_prob for t in row] for row in transitions]),
            acceptance=np.array([[t.acceptance for t in row] for row in transitions]),
            divergent=np.array([[t.divergent for t in row] for row in transitions]),
            depth=np.array([[t.depth for t in row] for row in transitions]),
            leapfrogs=np.array([[t.leapfrogs for t in row] for row in transitions]),
            energy=np.array([[t.energy for t in row] for row in transitions]),
            **about,
        )

    @property
    def flat(self) -> Floats:
        """All draws of all chains, [steps * chains, d]."""
        return self.draws.reshape(-1, self.draws.shape[-1])

    @property
    def evaluations(self) -> int:
        """Number of gradients evaluated for the draws, without the warm-up."""
        return int(self.leapfrogs.sum())

    def effective_sample_size(self) -> Floats:
        """[d]: the number of independent draws that are worth as much (Geyer's sequence)."""
        return np.asarray(effective_sample_size(self.draws))

    @property
    def stuck_chains(self) -> NDArray[np.intp]:
        """Indices of the chains whose draws are all the same; empty for a single draw."""
        if len(self.draws) < 2:
            return np.array([], np.intp)
        return np.flatnonzero(np.all(self.draws == self.draws[0], axis=(0, 2)))

    def concerns(self) -> list[str]:
        """Sentences that say what is wrong with this run, and what to try. Empty if nothing is."""
        found = []
        if self.unused:
            found.append(unused(self.unused))
        if (stuck := self.stuck_chains).size:
            step_size = float(self.step_size[stuck[0]])
            found.append(never_moved(stuck, len(self.draws), step_size))
        elif self.divergent.any():
            found.append(diverged(int(self.divergent.sum()), self.divergent.size, self.bounds))
        return found

    def warnings(self) -> list[str]:
        """The concerns, and those about the parameters that mix worst: R-hat and ESS.

        Of one chain alone neither is said: R-hat compares chains, and who runs one is trying
        something out. `summary` has its ESS.
        """
        if self.draws.shape[1] == 1:
            return self.concerns()
        used = [i for i, name in enumerate(self.names) if name not in self.unused]
        worst = worst_concerns(self.draws[:, :, used], [self.names[i] for i in used])
        return [*self.concerns(), *worst]

    def corner(self, truths: Any = None, **options: Any) -> Any:
        """A corner plot of all draws, with divergent ones as red points. Returns the figure.

        truths [d] are drawn as lines; options are those of `corner.corner`.
        """
        return corner_plot(self.flat, self.names, truths, self.divergent.ravel(), **options)

    def summary(self) -> Summary:
        """Mean, sd, Monte Carlo error, bulk and tail ESS and R-hat of each parameter."""
        notes = [ONE_START] if self.one_start else []
        return summarise(self.draws, self.names, self.concerns(), notes, self.unused)

    def to_arviz(self) -> Any:
        """An `arviz.InferenceData`: posterior and sample_stats, chains first.

        Raises ImportError, with the command that installs it, where ArviZ is missing.
        """
        try:
            import arviz  # optional, and slow to import
        except ImportError:
            raise ImportError("to_arviz() needs ArviZ: pip install 'arviz<1'") from None
        posterior = {name: self.draws[:, :, i].T for i, name in enumerate(self.names)}
        return arviz.from_dict(
            posterior=posterior,
            sample_stats={
                "lp": self.log_prob.T,
                "acceptance_rate": self.acceptance.T,
                "diverging": self.divergent.T,
                "tree_depth": self.depth.T,
                "n_steps": self.leapfrogs.T,
                "energy": self.energy.T,
                "step_size": np.tile(self.step_size[:, None], (1, len(self.draws))),
            },
        )
