"""Control groups: made, entered, limited, removed; refused with a reason where they cannot be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.grading.sandbox import cgroup
from course_lib.grading.sandbox.probing import trial
from course_lib.grading.sandbox.rlimit import Limits, MiB


@pytest.fixture
def delegated() -> Iterator[tuple[Path, str, str]]:
    """An empty group of ours, a controller that it has, and a limit that it sets."""
    try:
        place = cgroup.place()
    except OSError as error:
        pytest.skip(str(error))
    present = (place / "cgroup.controllers").read_text().split()
    limits = {"memory": "memory.max", "pids": "pids.max", "hugetlb": "hugetlb.2MB.max"}
    usable = [name for name in limits if name in present]
    if not usable or not os.access(place, os.W_OK):
        pytest.skip(f"no control group at {place} that could be divided")
    enabled = (place / "cgroup.subtree_control").read_text().split()
    if usable[0] not in enabled:
        (place / "cgroup.subtree_control").write_text(f"+{usable[0]}")
    ours = place / f"test-{os.getpid()}"
    ours.mkdir()
    yield ours, usable[0], limits[usable[0]]
    for folder in sorted(ours.rglob("*"), reverse=True):
        if folder.is_dir():
            folder.rmdir()
    ours.rmdir()
    if usable[0] not in enabled:
        (place / "cgroup.subtree_control").write_text(f"-{usable[0]}")


def test_a_sandbox_gets_a_group_with_its_limits_and_the_group_goes_when_it_ends(
    delegated: tuple[Path, str, str],
) -> None:
    place, controller, file = delegated

    def live_in_a_sandbox() -> None:
        group = cgroup.create(place, [controller])
        base = place / f"course-{os.getpid()}"
        child = os.fork()
        if child == 0:
            cgroup.join(group, {file: str(4 * MiB)})
            own = Path("/proc/self/cgroup").read_text().split("0::")[1].splitlines()[0]
            sandbox = base / Path(own).name
            assert sandbox.name.startswith("sandbox-"), own
            assert (sandbox / file).read_text().strip() == str(4 * MiB)
            cgroup.sweep(group)  # must leave the one that is lived in
            assert sandbox.exists()
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        assert list(base.glob("sandbox-*"))
        cgroup.sweep(group)
        assert not list(base.glob("sandbox-*"))

    assert trial(live_in_a_sandbox) == ""
    assert list(place.glob("course-*"))  # the process left it as it ended
    next_one = trial(lambda: cgroup.create(place, [controller]))
    assert next_one == ""
    assert len(list(place.glob("course-*"))) == 1  # the first one's was removed by the second


def test_a_missing_controller_is_named(delegated: tuple[Path, str, str]) -> None:
    with pytest.raises(OSError, match="have no controller telepathy"):
        cgroup.create(delegated[0], ["telepathy"])


def test_the_limits_are_those_of_the_sandbox() -> None:
    limits = Limits(memory_bytes=100 * MiB, tmp_bytes=28 * MiB, threads=9)
    expected = {"memory.max": str(128 * MiB), "memory.swap.max": "0", "pids.max": "9"}
    assert cgroup.settings(limits) == expected
