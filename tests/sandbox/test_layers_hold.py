"""Each layer stops what it is there to stop; without it, the same attempt succeeds."""

from __future__ import annotations

import ctypes
import os
import platform
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox_attacks import ATTACKS, Attack
from sandboxed import ORDINARY, RunInSandbox

_IPC_CREAT, _IPC_RMID = 0o1000, 0  # linux/ipc.h
_LEFT_BEHIND = "leave a session of its own behind"
_DAEMON_SECONDS = 1.0  # it sleeps for 3: less than this, and it was killed


@pytest.fixture
def world(public: Path) -> Iterator[dict]:
    """What there is to reach outside: a canary, a listener, a shared segment, and who we are."""
    libc = ctypes.CDLL(None)
    key = 0x5EED0000 + os.getpid() % 0xFFFF
    segment = libc.shmget(key, 4096, _IPC_CREAT | 0o666)
    assert segment >= 0
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield {
            "outside": str(public / "open" / "canary"),
            "port": listener.getsockname()[1],
            "segment": key,
            "host": platform.node(),
            "host_pid": os.getpid(),
        }
    libc.shmctl(segment, _IPC_RMID, None)


def attempt(
    attack: Attack, world: dict, run_in_sandbox: RunInSandbox, without: tuple[str, ...]
) -> bool:
    """Whether `attack` succeeds against a sandbox that lacks `without`."""
    said = run_in_sandbox(attack.code, names=world, limits=attack.limits, without=without)
    if attack.name == _LEFT_BEHIND:
        return said["breached"] is not False and said["seconds"] > _DAEMON_SECONDS
    return said["breached"] is True or said["status"] == 42


@pytest.fixture
def who(command: list[str], world: dict) -> dict:
    """The world, and the user id that the attacker has outside."""
    return world | {"user": ORDINARY if "setpriv" in command else os.geteuid()}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_no_attack_succeeds_against_the_whole_sandbox(
    attack: Attack, who: dict, run_in_sandbox: RunInSandbox
) -> None:
    assert not attempt(attack, who, run_in_sandbox, ())


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_every_attack_succeeds_without_the_layers_that_stop_it(
    attack: Attack, who: dict, run_in_sandbox: RunInSandbox
) -> None:
    assert attempt(attack, who, run_in_sandbox, attack.stops)


ALONE = [
    (attack, layer)
    for attack in ATTACKS
    if len(attack.stops) > 1
    for layer in attack.stops
    if not (layer == "mount" and "pid" in attack.stops)
]


@pytest.mark.parametrize(("attack", "layer"), ALONE, ids=lambda part: getattr(part, "name", part))
def test_each_of_its_layers_alone_stops_an_attack(
    attack: Attack, layer: str, who: dict, run_in_sandbox: RunInSandbox
) -> None:
    if layer == "cgroup" and "cgroup" not in run_in_sandbox("breached = False")["layers"]:
        pytest.skip("no control group is delegated here: `course doctor` says why")
    others = tuple(name for name in attack.stops if name != layer)
    assert not attempt(attack, who, run_in_sandbox, others)
