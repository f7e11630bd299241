"""What became of the files of a bank, and what that says about the checks.

audit.accepted          # wrong answers that lost no point: ["fit_line/rounded", …]
audit.rejected          # right answers that lost one
audit.kills             # exercise, claim, the mistakes that this claim caught
audit.to_json()         # the figures, for other programs
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from course_lib.grading.bank import Entry
from course_lib.grading.verdict import CheckResult, Verdict

PARTLY_RIGHT = "# values:"  # in an attack: its answers are right in part and may earn that part


@dataclass(frozen=True)
class Fate:
    """What became of one entry: its points, the claims that failed, the mistake that was named.

    lost_at: the exercises at which a point was lost. breached: it said that it reached something.
    """

    entry: Entry
    earned: float
    points: float
    caught_by: tuple[str, ...] = ()
    named: str | None = None
    explained: bool = False
    lost_at: tuple[str, ...] = ()
    breached: bool = False

    @property
    def name(self) -> str:
        """`exercise/slug`, or an attack's slug."""
        return self.entry.name


@dataclass
class Audit:
    """The fate of every entry, and what follows from it."""

    assignment: str
    seed: int
    claims: dict[str, tuple[str, ...]]
    mistakes: list[Fate] = field(default_factory=list)
    alternatives: list[Fate] = field(default_factory=list)
    attacks: list[Fate] = field(default_factory=list)
    mutants: list[Fate] = field(default_factory=list)
    equivalent: int = 0
    touched: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    alike: dict[str, str] = field(default_factory=dict)

    @property
    def accepted(self) -> list[str]:
        """Mistakes that lost no point."""
        return [fate.name for fate in self.mistakes if fate.earned >= fate.points]

    @property
    def rejected(self) -> list[str]:
        """Right answers that lost a point, wherever."""
        return [fate.name for fate in self.alternatives if fate.lost_at]

    @property
    def paid(self) -> list[str]:
        """Attacks that earned what their answers are not worth."""
        return [fate.name for fate in self.attacks if fate.earned > _due(fate)]

    @property
    def surviving(self) -> list[str]:
        """Generated mistakes that lost no point."""
        return [fate.name for fate in self.mutants if fate.earned >= fate.points]

    @property
    def named(self) -> list[str]:
        """Mistakes that were called by their own name, or by that of one that behaves alike."""
        return [fate.name for fate in self.mistakes if self._is_named(fate)]

    def _is_named(self, fate: Fate) -> bool:
        said = f"{fate.entry.exercise}/{fate.named}"
        return said in (fate.name, self.alike.get(fate.name))

    @property
    def kills(self) -> dict[str, dict[str, list[str]]]:
        """The kill matrix: exercise, claim, the mistakes that this claim caught."""
        caught: dict[str, dict[str, list[str]]] = {
            exercise: {claim: [] for claim in claims} for exercise, claims in self.claims.items()
        }
        for fate in self.mistakes:
            for claim in fate.caught_by:
                caught[fate.entry.exercise][claim].append(fate.entry.slug)
        return caught

    @property
    def idle(self) -> list[str]:
        """Claims that catch no mistake which another does not catch too."""
        alone = {
            (fate.entry.exercise, fate.caught_by[0])
            for fate in self.mistakes
            if len(fate.caught_by) == 1
        }
        return [
            f"{exercise}: {claim}"
            for exercise, claims in self.claims.items()
            for claim in claims
            if (exercise, claim) not in alone
        ]

    @property
    def passed(self) -> bool:
        """Whether nothing wrong was accepted, nothing right refused, and every file was usable."""
        found = (self.accepted, self.rejected, self.paid, self.touched, self.faults)
        return not any(found)

    def to_json(self) -> dict[str, Any]:
        """The figures that other programs read; mutants and faults only where there are any."""
        figures: dict[str, Any] = {
            "mistakes": {
                "total": len(self.mistakes),
                "accepted": self.accepted,
                "named": len(self.named),
            },
            "alternatives": {"total": len(self.alternatives), "rejected": self.rejected},
            "attacks": {"total": len(self.attacks), "paid": self.paid, "touched": self.touched},
        }
        if self.mutants:
            figures["mutants"] = {
                "total": len(self.mutants),
                "accepted": self.surviving,
                "equivalent": self.equivalent,
                "explained": sum(fate.explained for fate in self.mutants),
            }
        if self.faults:
            figures["faults"] = self.faults
        return figures


def _due(fate: Fate) -> float:
    """What an attack may earn: nothing, unless it says that its values are right in part."""
    return fate.points / 2 if PARTLY_RIGHT in fate.entry.source else 0.0


def fate_of(entry: Entry, verdict: Verdict) -> Fate:
    """Read an entry's fate from its verdict."""
    check = next(c for c in verdict["checks"] if c["exercise"] == entry.exercise)
    failed = [claim for claim in check["claims"] if not claim["passed"]]
    return Fate(
        entry,
        check["earned"],
        check["points"],
        tuple(claim["claim"] for claim in failed),
        next((claim["mistake"] for claim in failed if claim.get("mistake")), None),
        _explains(check),
        tuple(c["exercise"] for c in verdict["checks"] if c["earned"] < c["points"]),
        _breached(verdict),
    )


def _breached(verdict: Verdict) -> bool:
    """Whether an attack says, in what it printed, that it got somewhere."""
    outputs = [output for cell in verdict.get("cells", {}).values() for output in cell["outputs"]]
    text = "\n".join(str(output.get("text", "")) for output in outputs)
    return any(line.startswith("BREACHED") for line in text.splitlines())


def _explains(check: CheckResult) -> bool:
    """Whether a student reads more than what was expected and what came back."""
    return any(claim.get("message") for claim in check["claims"] if not claim["passed"])
