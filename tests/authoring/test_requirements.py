"""What students install: lower bounds that Colab meets, and that every platform can resolve."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from course_lib.authoring import requirements
from course_lib.authoring.wheel import engine_wheel

IMPORTS = ["numpy", "scipy.optimize", "tensorflow", "matplotlib", "emcee", "corner", "json"]
# Machines as packaging's markers describe them, and which TensorFlow suits them.
MACHINES = {
    "tensorflow-cpu": [("linux", "x86_64")],
    "tensorflow": [("linux", "aarch64"), ("win32", "AMD64"), ("darwin", "arm64")],
}
# What Colab had in the middle of 2026, of all that is needed.
COLAB = {
    "numpy": "2.0.2", "scipy": "1.15.3", "tensorflow": "2.19.0", "matplotlib": "3.10.0",
    "click": "8.2.1", "rich": "13.9.4", "nbformat": "5.10.4", "tqdm": "4.67.1",
    "ipywidgets": "7.7.1", "contourpy": "1.3.2",
}  # fmt: skip


def needs_of_the_engine() -> list[str]:
    """`Requires-Dist` of the wheel that students get."""
    wheel = zipfile.ZipFile(io.BytesIO(engine_wheel().data))
    (name,) = [each for each in wheel.namelist() if each.endswith("METADATA")]
    return Parser().parsestr(wheel.read(name).decode()).get_all("Requires-Dist", [])


def every_line() -> list[str]:
    wheel = [line for line in requirements.of_wheel(IMPORTS) if line != requirements.DISTRIBUTION]
    return [*needs_of_the_engine(), *wheel, *requirements.of_machine(IMPORTS)]


def test_versions_are_lower_bounds_and_colab_meets_them() -> None:
    for line in map(Requirement, every_line()):
        assert {each.operator for each in line.specifier} == {">="}, line
        if line.name in COLAB:
            assert line.specifier.contains(COLAB[line.name]), line


def test_a_wheel_puts_no_second_tensorflow_over_colabs() -> None:
    names = {Requirement(line).name for line in requirements.of_wheel(IMPORTS)}
    assert names == {"course-lib", "numpy", "scipy", "matplotlib", "emcee", "corner"}


@pytest.mark.parametrize("package", MACHINES)
def test_each_machine_gets_the_smaller_tensorflow_where_there_is_one(package: str) -> None:
    lines = [Requirement(line) for line in requirements.of_machine(IMPORTS)]
    for system, machine in MACHINES[package]:
        here = {"sys_platform": system, "platform_machine": machine}
        fits = [line.name for line in lines if not line.marker or line.marker.evaluate(here)]
        assert fits == ["jupyterlab", "ipywidgets", package], here


def test_another_courses_packages_are_bounded_by_what_is_installed() -> None:
    (line,) = requirements.of_wheel(["pandas"])[1:]
    assert line.startswith("pandas>=")


@pytest.mark.slow
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize(
    "platform",
    [
        "x86_64-unknown-linux-gnu",
        "aarch64-unknown-linux-gnu",
        "x86_64-pc-windows-msvc",
        "aarch64-apple-darwin",
    ],
)
def test_every_platform_can_install_it_without_a_compiler(
    tmp_path: Path, platform: str, python: str
) -> None:
    solved = resolved(tmp_path, platform, python)
    assert solved.returncode == 0, solved.stderr
    small = "tensorflow-cpu==" if platform == "x86_64-unknown-linux-gnu" else "tensorflow=="
    assert f"\n{small}" in solved.stdout


@pytest.mark.slow
def test_a_mac_with_an_intel_processor_cannot(tmp_path: Path) -> None:
    solved = resolved(tmp_path, "x86_64-apple-darwin", "3.12")
    assert solved.returncode != 0 and "tensorflow" in solved.stderr


def resolved(folder: Path, platform: str, python: str) -> subprocess.CompletedProcess[str]:
    """What uv makes of all requirements on a platform; skips the test without a package index."""
    uv = Path(sys.executable).with_name("uv")
    if not uv.exists():
        pytest.skip("uv is not installed: `make setup` brings it")
    (folder / "requirements.in").write_text("\n".join(every_line()))
    done = subprocess.run(
        [
            uv, "pip", "compile", "requirements.in", "--quiet", "--no-annotate",
            "--only-binary", ":all:", "--no-python-downloads",
            "--python-platform", platform, "--python-version", python,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=900,
    )  # fmt: skip
    if any(words in done.stderr for words in ("error sending request", "dns error", "Connect")):
        pytest.skip("no package index is reached from here")
    return done
