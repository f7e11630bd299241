"""Which layers of isolation this machine has, in words: the text of `course doctor`.

    >>> from course_lib.grading.sandbox import doctor
    >>> [layer.name for layer in doctor.examine()][:3]
    ['user', 'net', 'pid']

Tries every layer in a child process; imports no TensorFlow and takes a fraction of a second.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

from course_lib.grading.sandbox import CORE, probe

LOST = {  # what a submission could do without the layer
    "user": "a submission would run with the rights of whoever grades",
    "net": "a submission could reach the network and this machine's own services",
    "pid": "a submission could see and signal other processes, and outlive its verdict",
    "mount": "a submission could read solutions, other submissions and the gradebook",
    "ipc": "a submission could reach the shared memory of other programs",
    "uts": "a submission could see this machine's name",
    "landlock": "only the mounts decide what is written: a second lock is missing",
    "seccomp": "a submission could start processes and programs, and try the kernel's rarer calls",
    "rlimit": "a submission could use up memory, threads and disk",
    "cgroup": "memory is limited by what a process maps, not by what it fills",
}


@dataclass(frozen=True)
class Layer:
    """One layer of isolation on this machine.

    Attributes
    ----------
    name : str
        One of `course_lib.grading.sandbox.LAYERS`.
    on : bool
        Whether it can be put on.
    reason, advice : str
        Why it is off (or a caveat), and what to do about it.
    """

    name: str
    on: bool
    reason: str
    advice: str

    @property
    def core(self) -> bool:
        """Whether grading refuses to run without it."""
        return self.name in CORE


def examine() -> list[Layer]:
    """Every layer, tried here and now."""
    return [Layer(name, *found) for name, found in probe().items()]


def text(layers: Sequence[Layer]) -> str:
    """What `course doctor` prints: a line per layer, and what follows from them."""
    who = "root" if os.geteuid() == 0 else "an ordinary user"
    lines = [f"{platform.system()} {platform.release()} on {platform.machine()}, as {who}", ""]
    for layer in layers:
        state = "on " if layer.on else "off"
        lines.append(f"  {layer.name:9} {state}  {layer.reason}".rstrip())
        if not layer.on:
            lines.append(f"{'':17}lost: {LOST[layer.name]}")
            lines.append(f"{'':17}to do: {layer.advice}")
    missing = [layer.name for layer in layers if layer.core and not layer.on]
    lines.append("")
    if missing:
        lines.append(
            f"`course grade` refuses to run here: {', '.join(missing)} missing. With --unjailed it "
            "runs all the same: for submissions only whose authors you would give your account."
        )
    else:
        lines.append("`course grade` runs here: every layer that a grade depends on is on.")
    return "\n".join(lines)
