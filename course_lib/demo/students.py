"""Thirty made-up students, and what each hands in for each lesson: by rules, from the banks.

    lessons = [Lesson.read(root, "01_basics"), Lesson.read(root, "02_energy")]
    students = make_students(30, lessons)
    students[0].work(lessons, 1)        # a HandIn for the second lesson; None where there is none
    students[0].hours_late(1)           # -3.5: three hours and a half before it is due

Everything is drawn with a fixed seed, for each student and lesson by itself, so a smaller class is
the beginning of a larger one.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_lib.claims.bank import Entry
from course_lib.demo.cohort import HandIn
from course_lib.grading.course import Course

SEED = 2018
NAMES = (
    "ada", "boris", "chen", "dora", "emil", "fatima", "george", "hana", "ivan", "jule",
    "kofi", "lena", "mateo", "nadia", "omar", "priya", "quentin", "rosa", "sami", "tomas",
    "uma", "vera", "wei", "ximena", "yusuf", "zoe", "anton", "bea", "carla", "dmitri",
)  # fmt: skip
KINDS = {  # how many of thirty, and what is told of them
    "right": (6, "right, all of it, often in another way than the instructor's"),
    "improving": (7, "more exercises right from lesson to lesson"),
    "stuck": (5, "one idea stays wrong"),
    "late": (4, "good work, handed in after it was due"),
    "leaving": (4, "good work at first, then nothing more"),
    "half done": (3, "the first half of each lesson"),
    "blank": (1, "the notebook as it was handed out"),
}
GOOD = 0.8  # share of exercises that are right in good work
FIRST = 0.25  # share of exercises that an improving student has right in the first lesson
IDEA = 4  # letters that a word has at least, in the names of mistakes, to name an idea


@dataclass(frozen=True)
class Lesson:
    """What hand-ins are made from: the cells that students fill in, and the bank's answers."""

    name: str
    answers: tuple[str, ...]
    exercises: tuple[str, ...]
    mistakes: tuple[Entry, ...]
    alternatives: tuple[Entry, ...]

    @classmethod
    def read(cls, root: Path, name: str) -> Lesson:
        """Read it from source/ and assignments/. Raises CourseError or AuthoringError."""
        course = Course(root, name, from_source=True)
        bank = course.bank()
        cells = [cell for cell in course.released.cells if cell.is_answer and cell.grade_id]
        return cls(
            name,
            tuple(str(cell.grade_id) for cell in cells),
            tuple(course.content.exercises),
            bank.mistakes,
            bank.alternatives,
        )

    def mistaken(self, exercise: str, idea: str = "") -> list[Entry]:
        """The known mistakes of an exercise; those with the word `idea` in their name."""
        return [
            each
            for each in self.mistakes
            if each.exercise == exercise and (not idea or idea in each.slug.split("_"))
        ]


@dataclass(frozen=True)
class Student:
    """One student. stays: for how many lessons. idea: of a stuck one, the word in the mistakes."""

    number: int
    name: str
    kind: str
    stays: int
    idea: str = ""

    @property
    def story(self) -> str:
        """What an instructor would say of this student."""
        more = {"stuck": f": {self.idea}", "leaving": f" after lesson {self.stays}"}
        return KINDS[self.kind][1] + more.get(self.kind, "")

    def hours_late(self, lesson: int) -> float:
        """Hours between the due date and the hand-in; negative where it was in time."""
        hours = float(self._draw(lesson, "time").uniform(0.5, 60))
        return round(hours if self.kind == "late" else -hours, 1)

    def work(self, lessons: Sequence[Lesson], number: int) -> HandIn | None:
        """What is handed in for a lesson, numbered from 0; None after the student has left."""
        if number >= self.stays:
            return None
        lesson, draw = lessons[number], self._draw(number, "work")
        edits: Iterator[tuple[str, str]]
        match self.kind:
            case "blank":
                edits = _blank(lesson.answers)
            case "half done":
                edits = _blank(lesson.answers[(len(lesson.answers) + 1) // 2 :])
            case "stuck":
                edits = _stuck(lesson, self.idea, draw)
            case "improving":
                progress = number / max(len(lessons) - 1, 1)
                edits = _partly(lesson, FIRST + (1 - FIRST) * progress, draw)
            case "right":
                edits = _partly(lesson, 1.0, draw)
            case _:
                edits = _partly(lesson, GOOD, draw)
        return HandIn(self.name, self.story, tuple(edits))

    def _draw(self, lesson: int, what: str) -> np.random.Generator:
        return np.random.default_rng([SEED, self.number, lesson, *what.encode()])


def make_students(size: int, lessons: Sequence[Lesson]) -> list[Student]:
    """The first `size` of the thirty students; among the first seven is one of each kind."""
    turns = range(max(count for count, _ in KINDS.values()))
    kinds = [kind for turn in turns for kind, (count, _) in KINDS.items() if turn < count]
    ideas, stuck, students = common_ideas(lessons), 0, []
    for number, (name, kind) in enumerate(zip(NAMES[:size], kinds, strict=False)):
        stays, idea = len(lessons), ""
        if kind == "leaving":
            draw = np.random.default_rng([SEED, number])
            stays = int(draw.integers(1, max(len(lessons), 2)))
        if kind == "stuck" and ideas:
            idea = ideas[stuck % len(ideas)]
            stuck += 1
        students.append(Student(number, name, kind, stays, idea))
    return students


def common_ideas(lessons: Sequence[Lesson]) -> list[str]:
    """Words in the names of mistakes, those first that most lessons have, then most mistakes."""
    in_lessons, in_mistakes = Counter[str](), Counter[str]()
    for lesson in lessons:
        words = [word for each in lesson.mistakes for word in each.slug.split("_")]
        in_lessons.update({word for word in words if len(word) >= IDEA})
        in_mistakes.update(words)
    ranked = sorted(in_lessons, key=lambda word: (-in_lessons[word], -in_mistakes[word], word))
    return ranked[: KINDS["stuck"][0]]


def _blank(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        yield f"{name}: as released", ""


def _stuck(lesson: Lesson, idea: str, draw: np.random.Generator) -> Iterator[tuple[str, str]]:
    """The idea wrong wherever the bank knows it; where it is nowhere, some mistake."""
    there = [name for name in lesson.exercises if idea and lesson.mistaken(name, idea)]
    for name in there or lesson.exercises[:1]:
        yield _wrong(lesson, name, idea if there else "", draw)


def _partly(lesson: Lesson, share: float, draw: np.random.Generator) -> Iterator[tuple[str, str]]:
    """A share of the exercises right, half of them as in an alternative; a mistake in the rest."""
    right = draw.permutation(len(lesson.exercises))[: round(share * len(lesson.exercises))]
    for place, name in enumerate(lesson.exercises):
        if place not in right:
            yield _wrong(lesson, name, "", draw)
            continue
        others = [each for each in lesson.alternatives if each.exercise == name]
        if others and draw.random() < 0.5:
            yield name, _as_written(_one_of(others, draw))


def _wrong(lesson: Lesson, exercise: str, idea: str, draw: np.random.Generator) -> tuple[str, str]:
    """A known mistake in an exercise; nothing written where none is known."""
    mistakes = lesson.mistaken(exercise, idea)
    if not mistakes:
        return f"{exercise}: as released", ""
    return exercise, _as_written(_one_of(mistakes, draw))


def _one_of(entries: Sequence[Entry], draw: np.random.Generator) -> Entry:
    return entries[int(draw.integers(len(entries)))]


def _as_written(entry: Entry) -> str:
    """The cell as a student has it: without the sentence that says what is wrong."""
    tree = ast.parse(entry.source)
    if ast.get_docstring(tree) is None:
        return entry.source.strip("\n")
    return "\n".join(entry.source.splitlines()[tree.body[0].end_lineno :]).strip("\n")
