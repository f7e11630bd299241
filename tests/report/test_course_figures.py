"""What is said of a course: trend, who left, who is late, and what carries over."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.report.cohort.carry_over import carried_over, chance
from course_lib.report.cohort.course_figures import figures_of
from tests.report.made_class import check, verdict

NAMES = [f"s{k:02}" for k in range(40)]


def class_of(assignment, wrong, exercises=("f", "g")):
    """Verdicts of everybody; wrong: by exercise, the ids of those who lose a point."""
    return [
        verdict(
            name,
            [
                check(e, "failed" if name in wrong.get(e, ()) else "passed", "wrong_sign")
                for e in exercises
            ],
            assignment,
        )
        for name in NAMES
    ]


def test_what_carries_over_is_found_and_nothing_else():
    rng = np.random.default_rng(3)
    gradients = set(NAMES[:15])
    by_chance = set(rng.choice(NAMES, 15, replace=False))
    classes = {
        "02_gradients": class_of("02_gradients", {"f": gradients}),
        "03_fit": class_of("03_fit", {"f": gradients - {"s00"} | {"s20"}, "g": by_chance}),
    }
    (pair,) = carried_over(classes)
    assert (pair.first, pair.later) == (("02_gradients", "f"), ("03_fit", "f"))
    assert pair.failed == tuple(sorted(gradients - {"s00"}))
    assert (pair.of, pair.others_failed, pair.others) == (15, 1, 25)
    assert pair.correlation is not None and pair.correlation > 0.8


def test_chance_alone_is_told_in_at_most_a_few_of_many_courses():
    rng, told = np.random.default_rng(5), 0
    for _ in range(40):
        wrong = [{e: set(rng.choice(NAMES, 20, replace=False)) for e in "fghi"} for _ in range(3)]
        classes = {f"0{k}_x": class_of(f"0{k}_x", each, "fghi") for k, each in enumerate(wrong)}
        told += bool(carried_over(classes))
    assert told <= 6  # one in twenty is expected; seven or more come once in 300 such tests


def test_chance_is_fishers_exact_test():
    # R. A. Fisher, The Design of Experiments, 1935: the lady who tells tea from tea
    assert chance(4, 4, 0, 4) == pytest.approx(1 / 70)
    assert chance(3, 4, 1, 4) == pytest.approx(17 / 70)
    assert chance(0, 4, 4, 4) == pytest.approx(1)


def shown():
    names = ("01_a", "02_b", "03_c", "04_d")
    falls = {"03_c": ["s00"], "04_d": ["s00"]}
    classes = {name: class_of(name, {e: falls.get(name, []) for e in ("f", "g")}) for name in names}
    classes["03_c"] = [v for v in classes["03_c"] if v["student"] not in ("s01", "s02")]
    classes["04_d"] = [v for v in classes["04_d"] if v["student"] not in ("s01", "s02")]
    late = {"01_a": {"s03": 7200.0, "s04": 0.0}, "02_b": {"s03": 60.0, "s05": 60.0}}
    roster = {"s00": "Ada", "nobody": "Nobody"}
    handed_in = {name: [v["student"] for v in judged] for name, judged in classes.items()}
    handed_in["04_d"].append("s02")  # not graded yet
    return figures_of(classes, late, roster, handed_in)


def test_who_falls_who_left_and_who_is_late():
    course = shown()
    assert [(row.name, row.change) for row in course.falling()] == [("s00", -0.5)]
    assert [(row.student, row.left_after) for row in course.left()] == [("s01", "02_b")]
    late = [(row.student, dict(row.late)) for row in course.often_late()]
    assert late == [("s03", {"01_a": 2.0, "02_b": 1 / 60}), ("s05", {"02_b": 1 / 60})]


def test_who_is_in_the_gradebook_and_handed_in_nothing_has_a_row():
    row = next(row for row in shown().rows if row.student == "nobody")
    assert (dict(row.shares), row.change, row.left_after) == ({}, None, "")


def test_the_spread_is_of_those_who_handed_in():
    course = shown()
    assert len(course.spread) == 4 and course.spread[0] == (100.0, 100.0, 100.0)
