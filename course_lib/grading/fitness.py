"""Whether an assignment may be released: not while its checks are known to be wrong.

refuse_release(Course(Path("."), "00_worksheet"))     # raises Refused, and says what was found
"""

from __future__ import annotations

import json

from course_lib.grading.audit import Progress, run_audit
from course_lib.grading.course import Course
from course_lib.grading.fate import Audit
from course_lib.grading.verdict import write_whole


class Refused(Exception):
    """The checks are not good enough for a release; the message says what was found."""


def refuse_release(
    course: Course, *, jobs: int | None = None, progress: Progress | None = None
) -> None:
    """Raise Refused while a known mistake survives or a right answer loses a point.

    A release in which nothing changed since the last audit needs no second one: the result is kept
    in `verdicts/NN_topic/.audit.json` under the course's fingerprint and the bank's.
    Without a bank there is nothing to audit. Attacks are left to `course audit`: they measure the
    isolation of the machine that grades, not the checks that are released.
    """
    if not (course.root / "bank" / course.assignment).is_dir():
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
        raise Refused(
            f"{course.assignment} is not fit for release:\n{lines}\n"
            f"Next: `course audit {course.assignment}`, then mend a claim or the bank; "
            "`--force` releases all the same"
        )


def _found(audit: Audit) -> list[str]:
    lines = {
        "a mistake that loses no point": audit.accepted,
        "a right answer that loses one": audit.rejected,
        "a file that cannot be used": audit.faults,
    }
    return [f"{what}: {name}" for what, names in lines.items() for name in names]
