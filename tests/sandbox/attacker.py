"""One process that enters a sandbox base, forks one sandbox, and runs a line of attack in it.

    python attacker.py '{"attack": "breached = os.getpid() != 1", "without": ["pid"]}'

Prints JSON: `breached` (None if the attack did not come to an end), `error` (what stopped it),
`status` (of the sandbox), `layers`, `seconds` (from the sandbox's end until nobody held its pipe).
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import select
import signal
import socket
import sys
import threading
import time
import traceback
from pathlib import Path

from course_lib.grading.sandbox import (
    Limits,
    die_with_parent,
    enter_base,
    enter_sandbox,
    fork_sandbox,
)

PATIENCE = 30  # seconds, of wall time, for anything a sandbox does here, on a busy machine

# Attacks find these names; a base without a root of its own may hide the library afterwards.
NAMES = {
    "contextlib": contextlib,
    "ctypes": ctypes,
    "errno": errno,
    "json": json,
    "os": os,
    "signal": signal,
    "socket": socket,
    "sys": sys,
    "threading": threading,
    "time": time,
    "Path": Path,
    "libc": ctypes.CDLL(None, use_errno=True),
}


def victim() -> int:
    """A process of the sandbox base that sleeps for a while, and does nothing else."""
    child = os.fork()
    if child == 0:
        die_with_parent()
        os.closerange(0, 3)  # or its grader's readers would wait for it
        time.sleep(PATIENCE)
        os._exit(0)
    return child


def attack(order: dict, names: dict, reply: int) -> None:
    """Run the attack, and say how it went."""
    names["reply"] = reply
    said: dict[str, object] = {"breached": None, "error": ""}
    try:
        exec(order["attack"], names)
        said["breached"] = names.get("breached")
    except BaseException as error:
        said |= {"breached": False, "error": f"{type(error).__name__}: {error}"}
    os.write(reply, json.dumps(said).encode())


def main() -> None:
    order = json.loads(sys.argv[1])
    os.environ["SECRET"] = order.get("secret", "")
    canary = os.open(order["canary"], os.O_RDONLY) if "canary" in order else -1
    kept = [canary] if canary >= 0 else []
    rootless = {"user", "pid", "mount"} & set(order.get("without", []))
    base = enter_base(
        [Path(path) for path in order.get("readable", [])],
        keep=kept,
        # where a sandbox works without a /tmp of its own, and what the tests remove
        environment={"TMPDIR": str(Path(__file__).parent / "open")} if rootless else None,
        without=order.get("without", []),
    )
    names = NAMES | {"victim": victim(), "canary": canary} | order.get("names", {})
    reader, writer = os.pipe()
    sandbox = fork_sandbox(base)
    if sandbox == 0:
        try:
            keep = [writer, *(kept if order.get("give_canary") else [])]
            enter_sandbox(base, Limits(**order.get("limits", {})), keep=keep, stdout=1, stderr=2)
            attack(order, names, writer)
            os._exit(order.get("leave_with", 0))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(99)
    os.close(writer)
    said = b""
    while select.select([reader], [], [], PATIENCE)[0]:
        part = os.read(reader, 1 << 16)
        said += part
        if not part or said.endswith(b"}"):
            break
    _, status, usage = os.wait4(sandbox, 0)
    ended = time.monotonic()
    while select.select([reader], [], [], PATIENCE)[0] and os.read(reader, 1 << 16):
        pass
    result = json.loads(said) if said else {"breached": None, "error": "no answer"}
    result["seconds"] = time.monotonic() - ended
    result["status"] = os.waitstatus_to_exitcode(status)
    result["cpu"] = usage.ru_utime + usage.ru_stime
    result["layers"] = base.layers
    with contextlib.suppress(ProcessLookupError):
        os.kill(names["victim"], signal.SIGKILL)
    print(json.dumps(result), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
