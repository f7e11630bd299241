"""The fork server: it has imported everything, run nothing, and forks for each submission.

Started by `grading.fork_server.ForkServer` as `python -m course_lib.grading.worker.fork_server
FD`, where FD is one end of a packet socket. Packets in: `SPAWN {limits}` with the student's channel
attached, `KILL`. Packets out: `READY {layers}` once, `FORKED` with the fork's pidfd and `EXIT
{status, cpu_seconds, memory}` for each spawn. It enters the base sandbox before it imports anything
big, and each fork enters a sandbox of its own before it runs any of a student's code.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
import warnings
from pathlib import Path
from typing import Any

from course_lib.grading.sandbox import (
    Limits,
    SandboxBase,
    SandboxError,
    enter_base,
    enter_sandbox,
    fork_sandbox,
)
from course_lib.grading.worker.data import is_data, lay_beside
from course_lib.kernel.environment import OF_CELLS
from course_lib.kernel.modules import close, import_modules

ENVIRONMENT = OF_CELLS | {
    "PYTHONDONTWRITEBYTECODE": "1",  # nothing in the sandbox can be written anyway
}


def main() -> None:
    """Serve the grader until it hangs up."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = json.loads(sys.argv[2])
    grading = Path(__file__).parent.parent
    data, hidden = ([Path(settings[key])] if settings[key] else [] for key in ("data", "hidden"))
    base = enter_base(
        [grading / "__init__.py", grading / "sandbox", grading / "worker", *data, *hidden],
        keep=[control.fileno()],
        environment=ENVIRONMENT,
        without=tuple(settings["without"]),
        while_open=control.fileno(),  # a grader that is gone is not waited for by an import
    )
    warnings.simplefilter("ignore")
    import_modules(settings["imports"])
    close(settings["closed"])
    warnings.resetwarnings()
    from course_lib.grading.worker.serve import serve
    from course_lib.kernel.shell import build_shell

    shell = build_shell()
    threads = sum(1 for _ in Path("/proc/self/task").iterdir())
    if threads != 1:
        raise SystemExit(f"the fork server has {threads} threads: it cannot be forked safely")
    gc.collect()
    gc.freeze()  # a fork's collector leaves the shared pages alone

    control.send(_packet("READY", layers=base.layers, missing=base.missing_core))
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 1)
        if not message:
            return
        name, _, body = message.partition(b" ")
        if name != b"SPAWN":
            continue  # a KILL for a fork that had just left by itself
        child = fork_sandbox(base)
        if child == 0:
            control.close()
            _live(base, json.loads(body), descriptors[0], serve, shell, data, hidden)
        os.close(descriptors[0])
        handle = os.pidfd_open(child)
        with contextlib.suppress(OSError):  # the grader is gone: `_wait` sees it
            socket.send_fds(control, [_packet("FORKED")], [handle])
        control.send(_wait(control, child, handle))


def _live(
    base: SandboxBase,
    limits: dict[str, Any],
    descriptor: int,
    serve: Any,
    shell: Any,
    data: list[Path],
    hidden: list[Path],
) -> None:
    """The fork: enter the sandbox, serve, leave."""
    code = 1
    try:
        layers = enter_sandbox(base, Limits(**limits), keep=[descriptor])
        for folder in data:
            lay_beside(path for path in folder.iterdir() if is_data(path.name))
        lay_beside(hidden)
        serve(socket.socket(fileno=descriptor), shell, layers)
        code = 0
    except SandboxError:
        traceback.print_exc()
    except BaseException:  # whatever a submission raised here, this process ends
        code = 2
    finally:
        os._exit(code)


def _wait(control: socket.socket, child: int, handle: int) -> bytes:
    """Wait for the fork; kill it if the grader says so or is gone; leave no process behind."""
    ready, _, _ = select.select([control.fileno(), handle], [], [])
    os.close(handle)
    if control.fileno() in ready:  # KILL, or the grader is gone: it asks for one fork at a time
        control.recv(1 << 16)
        os.kill(child, signal.SIGKILL)
    code, seconds, memory = 0, 0.0, 0
    while True:  # in a sandbox this process is pid 1, and inherits what a killed fork leaves
        try:
            pid, status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            break
        if pid == child:
            code = os.waitstatus_to_exitcode(status)
        seconds += usage.ru_utime + usage.ru_stime
        memory = max(memory, usage.ru_maxrss * 1024)
    return _packet("EXIT", status=code, cpu_seconds=seconds, memory=memory)


def _packet(name: str, **body: Any) -> bytes:
    return f"{name} {json.dumps(body)}".encode()


if __name__ == "__main__":
    main()
