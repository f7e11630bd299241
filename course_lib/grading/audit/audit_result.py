"""Audit results: one outcome for each entry of a bank, and what they say about the claims.

audit.accepted          # wrong answers that lost no point: ["fit_line/rounded", …]
audit.rejected          # right answers that lost one
audit.kills             # exercise, claim, the mistakes that this claim caught
audit.to_json()         # the figures, for other programs
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from course_lib.claims.bank import Entry
from course_lib.feedback.results import ExerciseReport
from course_lib.grading.verdict import Verdict

PARTLY_RIGHT = "# values:"  # in an attack: its answers are right in part and may earn that part


@dataclass(frozen=True)
class AuditResult:
    """The outcome of one entry: its points, the claims that failed, the mistake that was named.

    lost_at: the exercises at which a point was lost. breached: it said that it reached something.
    ungraded: why its exercise could not be graded, an author's fault, where that is so.
    """

    entry: Entry
    earned: float
    points: float
    caught_by: tuple[str, ...] = ()
    named: str | None = None
    explained: bool = False
    lost_at: tuple[str, ...] = ()
    breached: bool = False
    ungraded: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`exercise/slug`, or an attack's slug."""
        return self.entry.name


@dataclass
class Audit:
    """The results of all entries, and what follows from them.

    inside: the exercises that asserts judge in the submission's own process. Nothing measures them.
    """

    assignment: str
    seed: int
    claims: dict[str, tuple[str, ...]]
    mistakes: list[AuditResult] = field(default_factory=list)
    alternatives: list[AuditResult] = field(default_factory=list)
    attacks: list[AuditResult] = field(default_factory=list)
    mutants: list[AuditResult] = field(default_factory=list)
    equivalent: int = 0
    touched: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    alike: dict[str, str] = field(default_factory=dict)
    lost_by_solution: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    @property
    def accepted(self) -> list[str]:
        """Mistakes that lost no point."""
        return [outcome.name for outcome in self.mistakes if outcome.earned >= outcome.points]

    @property
    def rejected(self) -> list[str]:
        """Right answers that lost a point, wherever."""
        return [outcome.name for outcome in self.alternatives if outcome.lost_at]

    @property
    def paid(self) -> list[str]:
        """Attacks that earned what their answers are not worth."""
        return [outcome.name for outcome in self.attacks if outcome.earned > _due(outcome)]

    @property
    def surviving(self) -> list[str]:
        """Generated mistakes that lost no point."""
        return [outcome.name for outcome in self.mutants if outcome.earned >= outcome.points]

    @property
    def named(self) -> list[str]:
        """Mistakes that were called by their own name, or by that of one that behaves alike.

        A mistake that is not in the assignment's own bank counts under any name: what its author
        reads is the sentence of a mistake that gives the same answers.
        """
        return [outcome.name for outcome in self.mistakes if self._is_named(outcome)]

    def _is_named(self, outcome: AuditResult) -> bool:
        if outcome.name not in self.alike:
            return outcome.named is not None
        said = f"{outcome.entry.exercise}/{outcome.named}"
        return said in (outcome.name, self.alike.get(outcome.name))

    @property
    def kills(self) -> dict[str, dict[str, list[str]]]:
        """The kill matrix: exercise, claim, the mistakes that this claim caught."""
        caught: dict[str, dict[str, list[str]]] = {
            exercise: {claim: [] for claim in claims} for exercise, claims in self.claims.items()
        }
        for outcome in self.mistakes:
            for claim in outcome.caught_by:
                caught[outcome.entry.exercise][claim].append(outcome.entry.slug)
        return caught

    @property
    def idle(self) -> list[str]:
        """Claims that catch no mistake which another does not catch too."""
        alone = {
            (outcome.entry.exercise, outcome.caught_by[0])
            for outcome in self.mistakes
            if len(outcome.caught_by) == 1
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
        if self.lost_by_solution:
            return False
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
                "explained": sum(outcome.explained for outcome in self.mutants),
            }
        if self.lost_by_solution:
            figures["solution"] = {"lost": self.lost_by_solution}
        if self.faults:
            figures["faults"] = self.faults
        return figures


def _due(outcome: AuditResult) -> float:
    """What an attack may earn: nothing, unless it says that its values are right in part."""
    return outcome.points / 2 if PARTLY_RIGHT in outcome.entry.source else 0.0


def audit_result_of(entry: Entry, verdict: Verdict) -> AuditResult:
    """Read an entry's result from its verdict."""
    check = next(c for c in verdict["checks"] if c["exercise"] == entry.exercise)
    failed = [claim for claim in check["claims"] if not claim["passed"]]
    return AuditResult(
        entry,
        check["earned"],
        check["points"],
        tuple(claim["claim"] for claim in failed),
        next((claim["mistake"] for claim in failed if claim.get("mistake")), None),
        _explains(check),
        tuple(c["exercise"] for c in verdict["checks"] if c["earned"] < c["points"]),
        _breached(verdict),
        _ungraded(verdict, check),
    )


def _ungraded(verdict: Verdict, check: ExerciseReport) -> tuple[str, ...]:
    """Why the entry's exercise could not be graded, where it could not: its author's fault."""
    if check["status"] != "ungraded":
        return ()
    about = f"{check['exercise']} is not graded: "
    remarks = verdict.get("remarks", [])
    return tuple(r.removeprefix(about) for r in remarks if r.startswith(about)) or (about,)


def _breached(verdict: Verdict) -> bool:
    """Whether an attack says, in what it printed, that it got somewhere."""
    outputs = [output for cell in verdict.get("cells", {}).values() for output in cell["outputs"]]
    text = "\n".join(str(output.get("text", "")) for output in outputs)
    return any(line.startswith("BREACHED") for line in text.splitlines())


def _explains(check: ExerciseReport) -> bool:
    """Whether a student reads more than what was expected and what came back."""
    return any(claim.get("message") for claim in check["claims"] if not claim["passed"])
