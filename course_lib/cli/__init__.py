"""The `course` command.

    course check worksheet.ipynb        # a student: what holds, what is left
    course grade 01_pendulum            # an instructor: run, judge, write down, give back

Nothing heavy is imported before a command needs it: `course --help` is there at once.
Exit codes: 0 all is well; 1 the command ran and something is left to do, as it says; 2 it could not
run: wrong usage, unusable input, something missing, as it says.

`group`: how commands are listed and errors said. `students`, `authors`, `instructors`, `overview`:
the commands, by who runs them. `__main__`: they, as a module of Python's.
"""

from course_lib.cli import authors, instructors, overview, students  # each adds its commands
from course_lib.cli.group import GROUPS, Commands, main

__all__ = ["GROUPS", "Commands", "authors", "instructors", "main", "overview", "students"]
