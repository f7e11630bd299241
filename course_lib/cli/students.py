"""What students run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from course_lib.cli.group import main


@main.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Show finished exercises in full too.")
def check(notebook: Path, everything: bool) -> None:
    """Try every exercise of a notebook, and say what is left.

    Runs the cells of NOTEBOOK from top to bottom in a fresh process, as the grader does: with the
    same time limits, without a network and without your other files; long demonstrations are left
    out. Then each exercise is tried on many inputs. Where it goes wrong you see the smallest such
    input. Save your notebook first: the file is what is checked.

    Exit code: 0 when every point is earned, 1 while something is left, 2 for a file that is no
    notebook of this course, 130 when it was stopped with Ctrl-C.
    """
    from course_lib.student.terminal import check_notebook

    try:
        sys.exit(check_notebook(notebook, everything))
    except KeyboardInterrupt:
        click.echo("\nStopped checking.", err=True)
        sys.exit(130)


@main.command()
@click.argument("notebook", type=click.Path(path_type=Path))
def watch(notebook: Path) -> None:
    """Try a notebook at each save, and show the next thing to fix.

    Keep it open in a terminal beside Jupyter: save NOTEBOOK (Ctrl-S), and a second later you see
    the first exercise that is not finished, with the smallest input on which it goes wrong, and how
    far you are. The cells run from top to bottom in a fresh process, as the grader runs them, so
    what depends on a cell that you have since changed shows here too.

    It ends by itself when every point is earned, with exit code 0. Ctrl-C ends it before (130). 2
    for a file that is no notebook of this course.
    """
    from course_lib.student.watch import watch_notebook

    try:
        sys.exit(watch_notebook(notebook))
    except KeyboardInterrupt:
        click.echo("\nStopped watching.", err=True)
        sys.exit(130)
