"""Help is there at once, and says what a command needs and what its exit codes mean."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from course_lib.cli import GROUPS, main

HEAVY = ("tensorflow", "numpy", "scipy", "nbformat", "nbgrader", "rich", "hypothesis", "IPython")
HELPS = [["--help"], *([name, "--help"] for name in main.commands)]


@pytest.mark.parametrize("arguments", HELPS, ids=lambda arguments: arguments[0])
def test_help_imports_nothing_heavy(arguments):
    program = (
        "import sys; from course_lib.cli import main; main(sys.argv[1:], standalone_mode=False); "
        f"print('imported:', [name for name in {HEAVY} if name in sys.modules])"
    )
    command = [sys.executable, "-c", program, *arguments]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "imported: []"


def test_every_command_is_in_a_group_for_someone():
    listed = [name for names in GROUPS.values() for name in names]
    assert sorted(listed) == sorted(main.commands)


@pytest.mark.parametrize("name", ["check", "grade", "doctor"])
def test_commands_for_scripts_document_their_exit_codes(name):
    assert "Exit code" in CliRunner().invoke(main, [name, "--help"]).output


def test_no_line_of_help_is_cut_short():
    assert "..." not in CliRunner().invoke(main, ["--help"]).output.replace("[ARGS]...", "")


def test_a_command_reads_notebooks_without_a_grammar_of_addresses():
    """jsonschema builds one for a second, whenever it is imported, if it finds the package."""
    code = (
        "import sys\nfrom course_lib.cli import main\n"
        "main(['--version'], standalone_mode=False)\n"
        "import nbformat\nprint('lark' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
