"""Whether an assignment may be released: not while its claims are known to be wrong.

refuse_release(Course(Path("."), "05_hamiltonian"))     # raises ReleaseRefused: what was found
"""

from __future__ import annotations

import json

from course_lib.errors import ReleaseRefused
from course_lib.grading.audit.audit_result import Audit
from course_lib.grading.audit.run import Progress, run_audit
from course_lib.grading.course import Course
from course_lib.grading.verdict import write_whole


def refuse_release(
    course: Course, *, jobs: int | None = None, progress: Progress | None = None
) -> None:
    """Raise ReleaseRefused while a known mistake survives or a right answer loses a point.

    A release in which nothing changed since the last audit needs no second one: the result is kept
    in `verdicts/NN_topic/.audit.json` under the course's fingerprint and the bank's.
    The instructor's solutions are the first right answer. Attacks are left to `course audit`: they
    measure the isolation of the machine that grades, not the checks that are released. There is
    nothing to audit in an assignment without claims.
    """
    if not course.folder.is_dir():
        return
    path = course.root / "verdicts" / course.assignment / ".audit.json"
    key = f"{course.fingerprint} {course.bank().digest} {course.solutions.content_hash}"
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError):
        stored = {}
    if stored.get("key") != key:
        audit = run_audit(course, jobs=jobs, progress=progress, attacks=False)
        stored = {"key": key, "found": _found(audit)}
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(stored).encode())
    if stored["found"]:
        lines = "\n".join(f"  {line}" for line in stored["found"])
        raise ReleaseRefused(
            f"{course.assignment} is not fit for release:\n{lines}\n"
            f"Next: `course audit {course.assignment}`, then correct a claim or the bank; "
            "`--force` releases all the same"
        )


def _found(audit: Audit) -> list[str]:
    lines = {
        "a mistake that loses no point": audit.accepted,
        "a right answer that loses one": audit.rejected,
        "a claim that the solutions fail": audit.lost_by_solution,
        "a file that cannot be used": audit.faults,
    }
    return [f"{what}: {name}" for what, names in lines.items() for name in names]
