"""What `course doctor` says: each layer, why it is off, what that costs, and what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from course_lib.grading.sandbox import CORE, LAYERS, doctor


def layers(*off: str) -> list[doctor.Layer]:
    return [
        doctor.Layer(
            name, name not in off, "the reason" * (name in off), "the advice" * (name in off)
        )
        for name in LAYERS
    ]


def test_every_layer_is_examined_and_tensorflow_is_not_imported() -> None:
    program = """
import sys
from course_lib.grading.sandbox import doctor
print([layer.name for layer in doctor.examine()], "tensorflow" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == f"{list(LAYERS)} False", done.stderr


def test_every_layer_says_what_its_lack_costs() -> None:
    assert set(doctor.LOST) == set(LAYERS)


def test_a_missing_core_layer_means_that_grading_refuses() -> None:
    for name in LAYERS:
        said = doctor.text(layers(name))
        assert "the reason" in said
        assert "the advice" in said
        assert doctor.LOST[name] in said
        assert ("refuses to run here" in said) == (name in CORE)
    assert "`course grade` runs here" in doctor.text(layers())


def test_another_machine_or_system_is_told_so_and_limits_remain() -> None:
    """A process may claim to be on another machine; then only `rlimit` is left, and works."""
    if shutil.which("setarch") is None:
        pytest.skip("no setarch (util-linux) to claim another machine with")
    program = """
import os, resource
from course_lib.grading.sandbox import doctor
from course_lib.grading.sandbox import Limits, enter_sandbox, enter_base, fork_sandbox
print(doctor.text(doctor.examine()), flush=True)
base = enter_base([])
if fork_sandbox(base) == 0:
    enter_sandbox(base, Limits(open_files=99), stdout=1)
    print(base.layers, resource.getrlimit(resource.RLIMIT_NOFILE), flush=True)
    os.rmdir(os.getcwd())
    os._exit(0)
os.wait()
"""
    command = ["setarch", "i686", sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout.count("it is part of Linux on x86_64 or aarch64") == len(LAYERS) - 1
    assert "refuses to run here: user, net, pid, mount, seccomp missing" in done.stdout
    assert "('rlimit',) (99, 99)" in done.stdout, done.stderr


def test_a_kernel_without_user_namespaces_is_told_so() -> None:
    """The limit belongs to a user namespace, so it can be set to zero in one of our own."""
    program = """
import os
from pathlib import Path
from course_lib.grading.sandbox import doctor
from course_lib.grading.sandbox import user
user.put_on()
Path("/proc/sys/user/max_user_namespaces").write_text("0")
print(doctor.text(doctor.examine()))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "user      off" in done.stdout, done.stderr
    assert "max_user_namespaces = 0 forbids user namespaces" in done.stdout
    assert "missing. With --unjailed" in done.stdout
    assert "pid       off  it needs the layer 'user'" in done.stdout
    assert "seccomp   on" in done.stdout
