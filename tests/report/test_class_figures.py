"""The figures of a class whose truth is known are that truth."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.report.cohort.causes import OWN, cause_of
from course_lib.report.cohort.figures import figures, points
from course_lib.report.cohort.help import first_ones, needs_help
from course_lib.report.cohort.items import correlation, items
from course_lib.report.cohort.judged import graded_assignments, read_class
from course_lib.report.cohort.mistakes import mistakes, other_losses
from tests.report.made_class import ASSIGNMENT, BUILT_ON, SENTENCES, Truth, check, roster, verdict


@pytest.fixture(scope="module")
def truth():
    return Truth(120)


@pytest.fixture(scope="module")
def found(truth):
    return {(m.cause.exercise, m.cause.name): m for m in mistakes(truth.verdicts)}


def test_every_mistake_has_its_name_and_the_students_who_made_it(truth, found):
    assert {key: list(each.students) for key, each in found.items()} == dict(truth.mistaken)


def test_the_most_frequent_mistake_comes_first(truth):
    counts = [len(each.students) for each in mistakes(truth.verdicts)]
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1]


def test_of_mistakes_made_as_often_the_one_on_which_more_is_built_comes_first():
    small = check("root", "failed", "root_wrong") | {"earned": 1.5}
    built = check("on_root", "failed", built_on=["root"]) | {"earned": 0.0}
    over = check("on_it", "failed", built_on=["on_root"]) | {"earned": 0.0}
    alone = check("alone", "failed", "alone_wrong") | {"earned": 0.0}
    class_ = [verdict("ada", [small, built, over]), verdict("bob", [alone])]
    made = [(each.cause.name, each.lost, each.in_all) for each in mistakes(class_)]
    assert made == [("root_wrong", 0.5, 4.5), ("alone_wrong", 2.0, 2.0)]


def test_a_mistake_has_its_own_sentence(found):
    for (_, slug), each in found.items():
        assert each.sentence == SENTENCES[slug]


def test_the_example_is_the_shortest_of_those_who_made_it(found):
    for each in found.values():
        best = each.examples[0]
        assert best.student in each.students
        assert best.length == min(example.length for example in each.examples)
        assert dict(best.rows)["expected"] == "1.5"


def test_all_lost_points_have_one_cause(truth):
    lost = sum(one["possible"] - one["earned"] for one in truth.verdicts)
    told = sum(each.lost for each in mistakes(truth.verdicts))
    assert told + sum(each.lost for each in other_losses(truth.verdicts)) == pytest.approx(lost)


def test_what_is_built_on_a_wrong_exercise_is_no_mistake_of_its_own(truth):
    (built,) = [each for each in other_losses(truth.verdicts) if each.kind == "built on"]
    assert (built.exercise, list(built.students)) == ("both", truth.built_on)


def test_lost_points_of_claims_add_up_to_those_of_the_exercise(truth):
    for item in items(truth.verdicts):
        missing = item.points * len(item.missing)
        assert sum(claim.lost for claim in item.claims) + missing == pytest.approx(item.lost)


def test_everybody_is_counted_once_in_an_exercise(truth):
    for item in items(truth.verdicts):
        groups = [*item.full, *item.part, *item.wrong, *item.missing]
        assert sorted(groups) == sorted(one["student"] for one in truth.verdicts)


def test_a_gate_costs_the_points_of_the_claims_that_hold_too(truth):
    scale = next(item for item in items(truth.verdicts) if item.exercise == "scale")
    gate = scale.claims[0]
    assert gate.gate and gate.lost == 2 * len(gate.failing)
    assert scale.claims[1].lost == 0 and scale.claims[1].failing == ()


def test_shares_are_of_those_who_have_an_answer(truth):
    mean = next(item for item in items(truth.verdicts) if item.exercise == "mean")
    wrong = sum(len(who) for (exercise, _), who in truth.mistaken.items() if exercise == "mean")
    assert (mean.count, mean.wrote, mean.missing) == (120, 119, (truth.blank,))
    assert mean.claims[0].tried == 119
    assert mean.claims[0].share == pytest.approx(1 - wrong / 119)


def test_discrimination_is_the_correlation_with_all_other_exercises(truth):
    rows = [v for v in truth.verdicts if v["student"] != truth.blank]
    mine = [v["checks"][0]["earned"] for v in rows]
    rest = [sum(c["earned"] for c in v["checks"][1:]) for v in rows]
    mean = items(truth.verdicts)[0]
    assert mean.discrimination == pytest.approx(np.corrcoef(mine, rest)[0, 1], abs=1e-6)


def test_an_exercise_that_asks_something_else_is_worth_a_look_and_no_other_is(truth):
    looked = {item.exercise: item for item in items(truth.verdicts)}
    assert [name for name, item in looked.items() if item.worth_a_look] == ["odd"]
    assert "hardly better" in looked["odd"].fair and looked["mean"].fair.startswith("Yes")


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        (["passed"] * 30, "Nearly all"),
        (["failed"] * 30, "Nobody"),
        (["passed", "failed"] * 4, "too few to say"),
        (["ungraded", *["passed"] * 29], "own checks failed"),
        (["passed", "failed"] * 15, "nothing to compare with"),
    ],
)
def test_what_is_said_of_an_exercise(statuses, said):
    class_ = [
        verdict(f"s{k}", [check("f", status) | ({"claims": []} if status == "ungraded" else {})])
        for k, status in enumerate(statuses)
    ]
    assert said in items(class_)[0].fair


def test_a_correlation_that_is_not_defined_is_none():
    assert correlation([1, 2], [1, 2]) is None
    assert correlation([1, 1, 1, 1], [1, 2, 3, 4]) is None
    assert correlation([1, 2, 3], [3, 2, 1]) == -1


def test_those_with_least_points_need_help_first_and_with_their_own_first_mistake(truth):
    needs = needs_help(truth.verdicts)
    shares = [need.share for need in needs]
    assert shares == sorted(shares)
    assert needs[0].student == truth.blank and needs[0].wrote_nothing
    for need in needs[1:]:
        mine = [key for key, who in truth.mistaken.items() if need.student in who]
        assert need.with_what is not None
        if mine:
            assert need.with_what.kind in OWN
            assert (need.with_what.exercise, need.with_what.name) == mine[0] or len(mine) > 1
    assert all(need.share < 0.5 for need in first_ones(needs)[5:])


CAUSES = [
    (check("f", "missing"), "missing", ""),
    (check("f", "failed", "wrong_sign"), "known", "wrong_sign"),
    (check("f", "failed", message=BUILT_ON, built_on=["mean"]), "built on", ""),
    (check("f", "failed"), "claim", "is_right"),
    (check("f", "timeout"), "timeout", ""),
    (check("f", "crashed"), "crashed", ""),
    (check("f", "ungraded", message="Not your mistake."), "ungraded", ""),
]


@pytest.mark.parametrize(("result", "kind", "name"), CAUSES)
def test_the_cause_of_lost_points(result, kind, name):
    cause = cause_of(result)
    assert cause is not None and (cause.kind, cause.name) == (kind, name)
    assert cause_of(check("f", "passed")) is None


def test_errors_are_counted_by_what_was_raised():
    def raised(words):
        one = check("f", "error")
        one["claims"][0]["message"] = words
        return cause_of(one).key

    first = raised("Your function stopped with NameError: name 'a' is not defined")
    assert first == raised("Your function stopped with NameError: name 'b' is not defined")
    assert first == ("f", "error", "NameError")


def test_sentences_that_differ_in_numbers_are_one():
    def said(words):
        one = check("f", "failed")
        one["claims"][0]["message"] = words
        return cause_of(one).key

    assert said("Right on 19 of 44 inputs.") == said("Right on 3 of 12 inputs.")
    assert said("Right on 3 of 12 inputs.") != said("Wrong on 3 of 12 inputs.")


def test_every_hand_in_is_in_one_bar(truth):
    spread = points(truth.verdicts)
    inside = [student for *_, who in spread.bins for student in who]
    assert sorted(inside) == truth.names
    for low, high, who in spread.bins:
        for student in who:
            earned = next(v["earned"] for v in truth.verdicts if v["student"] == student)
            assert low <= earned <= high
    assert spread.mean == pytest.approx(np.mean([v["earned"] for v in truth.verdicts]))


def test_who_handed_in_nothing_and_what_cannot_be_read_is_named(tmp_path):
    truth = Truth(6)
    root = truth.write(tmp_path)
    roster(root, truth.absent, *truth.names)
    (root / "submitted" / "loose" / "basics.ipynb").parent.mkdir()
    (root / "submitted" / "loose" / "basics.ipynb").write_text("{}")
    (root / "verdicts" / ASSIGNMENT / "student002.json").write_text("{")
    shown = figures(root, ASSIGNMENT)
    assert shown.nothing == (truth.absent,)
    assert [one["student"] for one in shown.judged] == [
        name for name in truth.names if name != "student002"
    ]
    said = "\n".join(shown.passed_over)
    assert "submitted/loose/basics.ipynb" in said and "student002.json cannot be read" in said


def test_verdicts_are_read_without_what_their_cells_showed(tmp_path):
    truth = Truth(2)
    truth.verdicts[0]["cells"] = {"a": {"status": "ok", "outputs": [{"output_type": "x" * 99}]}}
    root = truth.write(tmp_path)
    judged, broken = read_class(root, ASSIGNMENT)
    assert len(judged) == 2 and broken == [] and "cells" not in judged[0]
    assert judged[0]["checks"] == truth.verdicts[0]["checks"]
    assert graded_assignments(root) == [ASSIGNMENT]
