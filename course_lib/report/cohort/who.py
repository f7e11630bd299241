"""Links from a number to the students behind it, and from a student to their pages.

    who = Who(names, "05_hamiltonian", "hamiltonian")
    who.count(item.missing, "have not written leapfrog", "leapfrog")   # '<a href="#who-1">3</a>'
    who.panels                                     # what these links lead to, at the page's end

In an anonymous page there are no links and no panels, and `hides` tells which text names anybody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from markupsafe import Markup

from course_lib.digest import short
from course_lib.text import one_line

NAME = 60  # characters of a name in a page
PART = 3  # letters that a part of a name has at least to be looked for by itself


@dataclass(frozen=True)
class Panel:
    """Students behind one number: a title, and for each their name and the address of a page."""

    anchor: str
    title: str
    people: tuple[tuple[str, str], ...]


@dataclass
class Who:
    """Everybody who is mentioned in a page. names: by id; judged: ids with a verdict; pages: those
    with a page of feedback.

    own: a student's place is the row in this very page, not a page of feedback.
    """

    names: Mapping[str, str]
    assignment: str
    notebook: str
    judged: Collection[str] = ()
    pages: Collection[str] = ()
    anonymous: bool = False
    own: bool = False
    panels: list[Panel] = field(default_factory=list)

    def name(self, student: str) -> str:
        """What people call a student."""
        return one_line(self.names.get(student, student), NAME)

    def row(self, student: str) -> str:
        """The anchor of a student's row, the same in all pages of a course."""
        return f"s-{short(student)[:12]}"

    def feedback(self, student: str, exercise: str = "") -> str:
        """The address of a student's feedback, at an exercise; of the verdict where there is none.

        Seen from a page in `reports/`. Empty for a student who handed in nothing.
        """
        if self.own:
            return f"#{self.row(student)}"
        if student not in self.pages:
            return self.verdict(student) if student in self.judged else ""
        page = f"../feedback/{quote(student)}/{quote(self.assignment)}/{quote(self.notebook)}.html"
        return page + (f"#check_{quote(exercise)}" if exercise else "")

    def verdict(self, student: str) -> str:
        """The address of a student's verdict."""
        return f"../verdicts/{quote(self.assignment)}/{quote(student)}.json"

    def count(self, students: Collection[str], title: str, exercise: str = "") -> Markup:
        """How many they are, as a link to who they are. title: what is true of them."""
        if self.anonymous or not students:
            return Markup(len(students))
        return self.link(str(len(students)), students, title, exercise)

    def link(
        self, words: object, students: Collection[str], title: str, exercise: str = ""
    ) -> Markup:
        """Any words as a link to these students."""
        if self.anonymous or not students:
            return Markup("{}").format(words)
        ordered = sorted(students, key=lambda student: self.name(student).casefold())
        people = tuple((self.name(each), self.feedback(each, exercise)) for each in ordered)
        known = next((p for p in self.panels if (p.title, p.people) == (title, people)), None)
        if known is None:
            known = Panel(f"who-{len(self.panels) + 1}", title, people)
            self.panels.append(known)
        return Markup('<a class="who" href="#{}">{}</a>').format(known.anchor, words)

    def hides(self, text: str) -> bool:
        """Whether a text names a student: has a whole id, a name or a part of a name as a word."""
        return not self._words_of_names.isdisjoint(_words(text))

    @cached_property
    def _words_of_names(self) -> frozenset[str]:
        every = {*self.names, *self.names.values()}
        whole = {each.casefold() for each in every if len(each) > 1}
        parts = {part for each in every for part in _words(each) if len(part) >= PART}
        return frozenset(whole | parts)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
