"""A student's package judges as the course does, with recorded answers in place of truths."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.authoring.package import package_files
from course_lib.claims.loading import load, load_folder
from course_lib.feedback.results import ExerciseReport
from course_lib.grading.course import Course
from course_lib.notebook.dependencies import choose
from course_lib.student.check import plan_of, tried
from course_lib.student.timeouts import patient

COURSE = Path(__file__).parents[1] / "courses" / "tiny"
ASSIGNMENT = "01_basics"
EXERCISES = sorted(load(ASSIGNMENT, COURSE).exercises)


def installed(assignment: str, course: Path, folder: Path):
    """An assignment as a student has it installed: in another folder, without its truths."""
    for name, data in package_files(load(assignment, course)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return load_folder(assignment, folder)


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    return installed(ASSIGNMENT, COURSE, tmp_path_factory.mktemp("installed") / ASSIGNMENT)


@pytest.fixture(scope="module")
def solved():
    return solved_by(Course(COURSE, ASSIGNMENT))


def solved_by(course: Course) -> dict[str, object]:
    """What the instructor's own notebook defines, without what checks or shows it."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    for cell in choose(course.solutions.cells, set(course.content.exercises)).run:
        if cell.role != "test":
            exec(compile(cell.source, "<cell>", "exec"), namespace)
    return namespace


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_right_answer_earns_every_point(packed, solved, exercise):
    result = tried(plan_of(packed, exercise, 0), exercise, patient(solved))
    assert (result["status"], result["earned"]) == ("passed", result["points"]), result


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_function_that_is_not_there_earns_nothing(packed, exercise):
    result = tried(plan_of(packed, exercise, 0), exercise, patient({}))
    assert (result["status"], result["earned"]) == ("missing", 0.0)


def test_no_truth_is_in_it(packed):
    text = "\n".join(path.read_text("utf-8") for path in packed.folder.rglob("*.py"))
    assert "this stays with the grader" in text
    assert ".mistake(" not in text
    assert not (packed.folder / "truth.py").exists()


PROJECT = Path(__file__).parents[2]
LESSONS = sorted(folder.name for folder in (PROJECT / "assignments").glob("0*"))
ANOTHER_SIGN = {
    "01_likelihood": (
        "log_like_terms",
        "def log_like_terms(x, y, m, b, s):\n"
        "    r = y - m * x + b\n"
        "    return -0.5 * (r / s) ** 2 - np.log(s) - 0.5 * np.log(2 * np.pi)\n",
        "On every input it answers as if b had the other sign.",
    ),
    "04_posterior": (
        "lighthouse_log_prob",
        "def lighthouse_log_prob(x, alpha, log_beta):\n"
        "    beta = tf.exp(-log_beta)\n"
        "    return tf.reduce_sum(-log_beta - tf.math.log(beta**2 + (x - alpha) ** 2))\n",
        "On every input it answers as if log_beta had the other sign.",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_a_lessons_package_can_be_made_and_judges_as_the_course_does(name, tmp_path, monkeypatch):
    """Where no answer is the only right one, claims meet numbers that no record holds."""
    monkeypatch.syspath_prepend(PROJECT / "source" / name)
    packed, course = installed(name, PROJECT, tmp_path / name), Course(PROJECT, name)
    assert packed.record is not None
    solved = solved_by(course)

    def judged(exercise: str, source: str) -> ExerciseReport:
        namespace = dict(solved)
        exec(source, namespace)
        return tried(plan_of(packed, exercise, 0), exercise, patient(namespace))

    bank = course.bank()
    for exercise, about in packed.exercises.items():
        if about.unique:
            continue
        right = next(entry for entry in bank.alternatives if entry.exercise == exercise)
        assert judged(exercise, right.source)["earned"] == about.points, right.name
        wrong = next(entry for entry in bank.mistakes if entry.exercise == exercise)
        result = judged(exercise, wrong.source)
        assert result["earned"] < about.points, wrong.name
        assert any(claim.get("message") for claim in result["claims"]), wrong.name
    if name in ANOTHER_SIGN:
        exercise, source, sentence = ANOTHER_SIGN[name]
        claims = judged(exercise, source)["claims"]
        assert any(sentence in (claim.get("message") or "") for claim in claims)
