"""What is in a sandbox base and a sandbox, what is not, and how they end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from sandboxed import ORDINARY, SECONDS, RunInSandbox

from course_lib.grading.sandbox import LAYERS, probe
from course_lib.grading.sandbox import bind_mounts as visible
from course_lib.grading.sandbox.probing import Probe
from course_lib.grading.sandbox.sandbox_base import SandboxBase
from course_lib.grading.sandbox.user import NOBODY

_SOON = 2.0  # seconds for the kernel to end a namespace; it takes milliseconds


def test_the_environment_that_the_grader_was_started_with_is_gone(
    run_in_sandbox: RunInSandbox,
) -> None:
    looking = """
memory = Path('/proc/self/environ').read_bytes()
breached = b'hunter2' in memory or 'SECRET' in os.environ or b'PYTHONPATH' in memory
"""
    said = run_in_sandbox(looking, secret="hunter2")
    assert said["breached"] is False, said
    assert said["error"] == ""


def test_a_sandbox_starts_in_an_empty_home_of_its_own(run_in_sandbox: RunInSandbox) -> None:
    looking = """
breached = [os.getcwd(), os.environ['HOME'], os.listdir('.'), sorted(os.listdir('/tmp'))]
Path('mine').write_text('writable')
"""
    # a course that lies in /tmp may be readable under its own name there, and nothing else is
    own = {Path(p).parts[2] for p in (__file__, sys.prefix, sys.base_prefix) if p[:5] == "/tmp/"}
    where, home, inside, around = run_in_sandbox(looking)["breached"]
    assert (where, home, inside) == ("/tmp/home", "/tmp/home", [])
    assert set(around) - own == {"home", "shm"}


def test_of_the_course_only_what_a_submission_needs_is_there(
    run_in_sandbox: RunInSandbox, public: Path
) -> None:
    looking = f"breached = sorted(os.listdir({str(public / 'course_lib')!r}))"
    for readable in ([], [str(public)]):  # masked also where the folder around it is readable
        said = run_in_sandbox(looking, readable=readable)
        parts = ("__init__.py", "alarm.py", "deadline.py", "inference", "kernel", "protocol")
        assert said["breached"] == [n for n in parts if (visible.COURSE / n).exists()], said


def test_a_course_that_lies_in_tmp_is_masked_and_sealed_there_too(
    command: list[str], public: Path
) -> None:
    """A sandbox's own /tmp would hide it, and Python with it."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        copy = Path(shutil.copytree(public, Path(folder, "copy")))
        course, extra = copy / "course_lib", copy / "attacker.py"
        attack = """
import course_lib
Path('/tmp/mine').write_text('writable')
beside = sorted(os.listdir(Path(extra).parent))
breached = [sorted(os.listdir(course)), Path(extra).exists(), beside]
with contextlib.suppress(OSError):
    Path(course, '__init__.py').write_text('changed')
    breached = 'changed'
"""
        names = {"course": str(course), "extra": str(extra)}
        done = subprocess.run(
            [*command[:-1], str(extra), json.dumps({"attack": attack, "names": names,
             "readable": [str(extra)]})],
            env=os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )  # fmt: skip
        needed = ("__init__.py", "alarm.py", "deadline.py", "inference", "kernel", "protocol")
        parts = [n for n in needed if (course / n).exists()]
    said = json.loads(done.stdout)
    assert said["breached"] == [parts, True, ["attacker.py", "course_lib"]], (said, done.stderr)


def test_nothing_of_the_machine_can_be_seen_but_python_and_its_libraries(
    run_in_sandbox: RunInSandbox, public: Path
) -> None:
    said = run_in_sandbox("breached = [os.path.exists(p) for p in hidden]", names={"hidden": [
        "/etc/shadow", "/home", "/var/log", "/sys", "/usr/bin/env", "/sbin", "/run", "/boot",
        "/etc/hostname", "/dev/tty", "/dev/mem", str(public / "open"),
    ]})  # fmt: skip
    assert said["breached"] == [False] * 12


@pytest.mark.parametrize("path", ["/proc/sys/kernel/hostname", "/proc/sys/kernel/core_pattern",
                                  "/proc/sys/vm/drop_caches", "/proc/self/uid_map", "/etc/passwd",
                                  "/dev/fresh", "/usr/lib/fresh"])  # fmt: skip
@pytest.mark.parametrize("without", [(), ("landlock",)])  # the mounts alone must do
def test_nothing_outside_tmp_can_be_written(
    path: str, without: tuple[str, ...], run_in_sandbox: RunInSandbox
) -> None:
    said = run_in_sandbox(f"open({path!r}, 'w').write('0')\nbreached = True", without=without)
    assert said["breached"] is False
    assert said["error"].startswith(("PermissionError", "OSError"))


def test_a_sandbox_has_no_capability_and_cannot_get_one(run_in_sandbox: RunInSandbox) -> None:
    looking = """
lines = dict(l.split(':', 1) for l in Path('/proc/self/status').read_text().splitlines())
names = ('CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb', 'NoNewPrivs', 'Seccomp')
breached = [int(lines[n], 16) for n in names]
"""
    assert run_in_sandbox(looking)["breached"] == [0, 0, 0, 0, 0, 1, 2]


@pytest.mark.parametrize("given", [True, False])
def test_a_sandbox_holds_the_descriptors_it_was_given_and_no_others(
    given: bool, run_in_sandbox: RunInSandbox, public: Path
) -> None:
    looking = """
def is_open(number):
    try: os.fstat(number)
    except OSError: return False
    return True
breached = [n in (0, 1, 2, reply) or (n == canary and 'given') for n in range(300) if is_open(n)]
"""
    file = str(public / "open" / "canary")
    said = run_in_sandbox(looking, canary=file, give_canary=given)
    assert said["breached"].count(True) == 4
    assert said["breached"].count("given") == given
    assert len(said["breached"]) == 4 + given


@pytest.mark.parametrize(("deed", "status"), [("os._exit(7)", 7), ("ctypes.string_at(0)", -11),
                                              ("os.abort()", None)])  # fmt: skip
def test_the_forks_end_is_the_submissions_end(
    deed: str, status: int | None, run_in_sandbox: RunInSandbox
) -> None:
    said = run_in_sandbox(deed)
    assert said["status"] == status or (status is None and said["status"] < 0)


def test_a_sandbox_in_which_nothing_happened_leaves_with_zero(run_in_sandbox: RunInSandbox) -> None:
    said = run_in_sandbox("breached = False")
    assert (said["status"], said["error"]) == (0, "")
    assert set(said["layers"]) >= set(LAYERS) - {"cgroup"}


@pytest.mark.parametrize("without", [(), ("pid",)])
def test_a_sandbox_dies_with_the_grader(
    without: tuple[str, ...], command: list[str], public: Path
) -> None:
    """Without a pid namespace it lives on: which shows that the layer is what ends it.

    While it lives, no process of it belongs to root, whoever grades.
    """
    attack = "os.write(1, b'here')\ntime.sleep(6)"  # its stdout is the grader's
    grader = subprocess.Popen(
        [*command, json.dumps({"attack": attack, "without": without})],
        env=os.environ | {"PYTHONPATH": str(public)},
        cwd=public,
        stdout=subprocess.PIPE,
    )
    with grader, grader.stdout as stdout:
        assert os.read(stdout.fileno(), 4) == b"here"
        inside = [user_of(pid) for pid in descendants(grader.pid)]
        assert inside
        assert set(inside) == {ORDINARY if "setpriv" in command else os.geteuid() or NOBODY}
        grader.kill()
        start = time.monotonic()
        assert stdout.read() == b""  # returns when nobody is left to write
        seconds = time.monotonic() - start
    assert (seconds < _SOON) == (without == ())


def descendants(pid: int) -> list[int]:
    """The processes that `pid` started, and those that they did."""
    children = [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return children + [found for child in children for found in descendants(child)]


def user_of(pid: int) -> int:
    """The user id of a process, as it is known outside."""
    return Path(f"/proc/{pid}").stat().st_uid


def in_a_child(program: str) -> str:
    """What a fresh Python says that runs `program`."""
    command = [sys.executable, "-P", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_sandbox_base_is_not_entered_with_a_second_thread() -> None:
    said = in_a_child("""
import threading
from course_lib.grading.sandbox import SandboxError, enter_base
threading.Thread(target=threading.Event().wait, args=(5,), daemon=True).start()
try:
    enter_base([])
except SandboxError as error:
    print(error)
""")
    assert said == "expected one thread, got 2: enter before importing what starts threads"


def test_a_sandbox_that_cannot_be_closed_is_not_run() -> None:
    """The second entry finds the first one's filter, and may not build anything."""
    said = in_a_child("""
import os
import shutil
import signal
import socket
from course_lib.grading.sandbox import SandboxError, enter_sandbox, enter_base, fork_sandbox
base = enter_base([])
for fork, times in ((os.fork, 1), (lambda: fork_sandbox(base), 2)):
    child = fork()
    if child == 0:
        try:
            for _ in range(times):
                enter_sandbox(base, stdout=1)
            os._exit(0)
        except SandboxError as error:
            os.write(1, f"{error}\\n".encode())
        finally:
            os._exit(99)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 99
""")
    first, second = said.splitlines()
    assert "fork with fork_sandbox(base)" in first
    assert second.startswith("the sandbox cannot be closed: ")


@pytest.mark.parametrize("room", ["claims", "feedback", "authoring", "claims/judging.py"])
def test_the_answers_cannot_be_asked_for(room: str) -> None:
    with pytest.raises(ValueError, match="would show a submission the answers: leave it out"):
        visible.of_the_course([visible.COURSE / room])


def test_a_folder_that_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no_such_room"):
        visible.of_the_course([visible.COURSE / "grading" / "no_such_room"])


def test_a_layer_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="no layer is called 'chroot'; the layers are user, net"):
        probe(without=["chroot"])


def test_a_sandbox_base_knows_which_core_layers_it_lacks() -> None:
    base = SandboxBase({name: Probe(name not in ("net", "uts")) for name in LAYERS})
    assert base.missing_core == ("net",)
    assert "uts" not in base.layers


LISTENS_TO_NOBODY = """
import socket, sys, time
from course_lib.grading.sandbox import enter_base
control = socket.socket(fileno=int(sys.argv[1]))
enter_base([], keep=[control.fileno()], while_open=control.fileno())
control.send(b"in")
time.sleep(600)
"""


def test_a_sandbox_base_ends_with_its_grader_whatever_it_is_at() -> None:
    """As one does that is in the middle of importing TensorFlow when its grader is killed."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        script = [sys.executable, "-P", "-c", LISTENS_TO_NOBODY, str(theirs.fileno())]
        base = subprocess.Popen(script, pass_fds=[theirs.fileno()])
    ours.settimeout(SECONDS)
    assert ours.recv(16) == b"in"
    ours.close()
    try:
        assert base.wait(SECONDS) == -signal.SIGKILL
    finally:
        base.kill()
