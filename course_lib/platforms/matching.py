"""Whom on the roster a sender is; without a roster, what to call them.

    matches = match(senders, read_roster(path))
    matches[sender].student                     # "ada", or "" with the reason in `why`

Nobody is guessed: a sender is on the roster by a number or login of the platform's, else by a name
that only one person there has. Two senders who would be one student are both left to a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course_lib.grading.submission.student_ids import student_id
from course_lib.platforms.formats import Sender
from course_lib.platforms.roster import Person

# What a platform calls a login is what another one calls a student's number.
ALIKE = {
    "login": ("login", "student", "sid", "email", "github"),
    "sid": ("sid", "student", "login"),
    "email": ("email", "student", "login"),
}
PREFERRED = ("login", "sid", "email", "github")  # what a student is called without a roster


@dataclass(frozen=True)
class Match:
    """student: the id; "" for nobody, with why. person: their row, where there is a roster."""

    student: str = ""
    why: str = ""
    person: Person | None = None


def match(senders: Iterable[Sender], roster: Sequence[Person] | None) -> dict[Sender, Match]:
    """For each sender, who that is."""
    senders = list(dict.fromkeys(senders))
    if roster is None:
        found = _named(senders)
    else:
        found = {sender: _on_roster(sender, roster) for sender in senders}
    return _without_doubles(found)


def _on_roster(sender: Sender, roster: Sequence[Person]) -> Match:
    for kind, word in sender.keys:
        kinds = ALIKE.get(kind, (kind,))
        wanted = {(each, word.casefold()) for each in kinds}
        people = [person for person in roster if person.keys & wanted]
        if len(people) == 1:
            return Match(student_id(people[0].student), "", people[0])
    people = [person for person in roster if person.is_called(sender.name)]
    if len(people) == 1:
        return Match(student_id(people[0].student), "", people[0])
    if people:
        return Match("", f"{len(people)} people on the roster are called so")
    return Match("", "not on the roster")


def _named(senders: Sequence[Sender]) -> dict[Sender, Match]:
    """What the platform calls each; a name that two have gets its number."""
    names = {sender: _name(sender) for sender in senders}
    count = Counter(student_id(name).casefold() for name in names.values())
    return {
        sender: Match(student_id(f"{name} {sender.keys[0][1]}"))
        if count[student_id(name).casefold()] > 1 and sender.keys and sender.keys[0][1] != name
        else Match(student_id(name))
        for sender, name in names.items()
    }


def _name(sender: Sender) -> str:
    for kind in PREFERRED:
        for each, word in sender.keys:
            if each == kind:
                return word
    number = sender.keys[0][1] if sender.keys else ""
    return sender.name or (f"participant {number}" if number else sender.label)


def _without_doubles(found: dict[Sender, Match]) -> dict[Sender, Match]:
    """Two senders under one id, also in other capitals: neither is written."""
    whose = defaultdict(list)
    for sender, matched in found.items():
        if matched.student:
            whose[matched.student.casefold()].append(sender)
    for senders in whose.values():
        for sender in senders if len(senders) > 1 else ():
            others = ", ".join(each.label for each in senders if each is not sender)
            found[sender] = Match("", f"would be {found[sender].student}, as would {others}")
    return found
