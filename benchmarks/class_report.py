"""The report of a class of 250 with known mistakes: are its figures right, and what does it cost?

    .venv/bin/course demo --all FOLDER                        # once: thirty students, graded
    .venv/bin/python benchmarks/class_report.py FOLDER 00_worksheet [SIZE]

The demo's students were made from the bank's mistakes, so it is known which mistake each of them
has where. Their verdicts, which are the grader's own, are handed to SIZE students (default: 250),
some verdicts to many and some to few, in a copy of the course. Printed are the share of mistakes
that the report calls by their right names, how far its counts are from the truth's, and seconds.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from course_lib.authoring.release import settings, tools_on_path
from course_lib.demo.students import Lesson, _as_written, make_students
from course_lib.demo.whole_course import lessons_of
from course_lib.report.cohort.causes import cause_of
from course_lib.report.cohort.judged import read_class
from course_lib.report.cohort.make import write_report

SEED = 2018
Truth = dict[str, dict[str, str]]  # student → exercise → the mistake that was put there


def main() -> None:
    """Print the figures."""
    folder, assignment = Path(sys.argv[1]), sys.argv[2]
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 250
    truth = planted(folder, assignment)
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "course"
        whose = enlarge(folder, root, assignment, size, truth)
        wall, cpu = time.perf_counter(), time.process_time()
        page, _ = write_report(root, assignment)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"{size} students from {len(set(whose.values()))} hand-ins")
        compare(root, assignment, {student: truth[of] for student, of in whose.items()})
        print(f"{cpu:.1f} CPU s, {wall:.1f} s wall, a page of {page.stat().st_size / 1e6:.2f} MB")
        kept = folder / "reports" / f"{assignment}.{size}.html"
        kept.parent.mkdir(exist_ok=True)
        shutil.copy(page, kept)
        print(kept)


def planted(folder: Path, assignment: str) -> Truth:
    """Which mistake of the bank each student of the demo has in which exercise."""
    lessons = [Lesson.read(folder, name) for name in lessons_of(folder)]
    number = [lesson.name for lesson in lessons].index(assignment)
    known = {(e.exercise, _as_written(e)): e.slug for e in lessons[number].mistakes}
    judged = {one["student"] for one in read_class(folder, assignment)[0]}
    found: Truth = {}
    for student in make_students(30, lessons):
        work = student.work(lessons, number)
        if work is not None and student.name in judged:
            found[student.name] = {
                name: known[name, code] for name, code in work.edits if (name, code) in known
            }
    return found


def enlarge(folder: Path, root: Path, assignment: str, size: int, truth: Truth) -> dict[str, str]:
    """A course in which each hand-in is many students'; whose each student's is."""
    names = list(truth)
    rng = np.random.default_rng(SEED)
    weights = 1 / np.arange(1, len(names) + 1)  # some mistakes are frequent, most are not
    chosen = rng.choice(rng.permutation(names), size, p=weights / weights.sum())
    root.mkdir(parents=True)
    for part in ("nbgrader_config.py", "gradebook.db"):
        shutil.copy(folder / part, root)
    for part in ("source", "assignments", "release"):
        (root / part).symlink_to((folder / part).resolve())
    (root / "verdicts" / assignment).mkdir(parents=True)
    whose = {f"student{k:03}": str(name) for k, name in enumerate(chosen)}
    course = CourseDirectory(config=settings(root))
    with tools_on_path(), Gradebook(course.db_url, course.course_id) as gradebook:
        for student, of in whose.items():
            verdict = json.loads((folder / "verdicts" / assignment / f"{of}.json").read_bytes())
            verdict |= {"student": student, "name": student}
            path = root / "verdicts" / assignment / f"{student}.json"
            path.write_text(json.dumps(verdict, indent=1), "utf-8")
            pages = folder / "feedback" / of / assignment
            if pages.is_dir():
                target = root / "feedback" / student / assignment
                shutil.copytree(pages, target, copy_function=lambda a, b: Path(b).touch())
            (root / "submitted" / student / assignment).mkdir(parents=True)
            gradebook.add_student(student)
            submission = gradebook.add_submission(assignment, student)
            for grade in submission.notebooks[0].grades:
                grade.needs_manual_grade = not grade.name.startswith("check_")
            gradebook.db.commit()
    return whose


def compare(root: Path, assignment: str, truth: Truth) -> None:
    """Print how often a planted mistake is called by its name, and how far the counts are off."""
    outcomes, said, due = Counter[str](), Counter[str](), Counter[str]()
    for one in read_class(root, assignment)[0]:
        for check in one["checks"]:
            cause, slug = cause_of(check), truth[one["student"]].get(check["exercise"])
            name = f"{check['exercise']}/{slug}"
            if cause is not None and cause.kind == "known":
                said[f"{check['exercise']}/{cause.name}"] += 1
            if slug is None:
                outcomes["named where none was"] += cause is not None and cause.kind == "known"
            elif cause is not None and cause.kind == "built on":
                outcomes["built on another one that is wrong"] += 1
            else:
                due[name] += 1
                right = cause is not None and (cause.kind, cause.name) == ("known", slug)
                outcomes["right name" if right else "another name, or none"] += 1
    total = outcomes["right name"] + outcomes["another name, or none"]
    print(f"mistakes by their right names: {outcomes['right name']} of {total}", end="")
    print(f" ({outcomes['right name'] / max(total, 1):.1%})")
    for what in ("named where none was", "built on another one that is wrong"):
        print(f"{what}: {outcomes[what]}")
    off = sum(abs(said[name] - due[name]) for name in {*said, *due})
    print(f"counts of {len(due)} mistakes, together off by {off} of {total}")
    print("most frequent in truth: ", ", ".join(f"{n} {c}" for n, c in due.most_common(5)))
    print("most frequent in report:", ", ".join(f"{n} {c}" for n, c in said.most_common(5)))


if __name__ == "__main__":
    main()
