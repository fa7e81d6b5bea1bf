"""What is installed, from what, and under which names."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ["bot", "commands", "storage", "config"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["build", "runtime", "test"]


def pins(name: str) -> dict[str, str]:
    """Distribution -> the whole entry, of `requirements/<name>.txt`."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    entries = re.split(r"\n(?=\S)", "\n".join(lines))
    return {re.split(r"[=\[ ]", entry, maxsplit=1)[0]: entry for entry in entries if entry.strip()}


def owns(distribution: metadata.Distribution) -> set[str]:
    """The top-level names that a distribution installs."""
    return {Path(str(file)).parts[0].removesuffix(".py") for file in distribution.files or []}


def test_no_other_distribution_owns_our_four_names():
    others = {d.name: owns(d) & set(PACKAGES) for d in metadata.distributions() if d.name != "overlegbot"}
    assert {name: names for name, names in others.items() if names} == {}


def test_our_four_names_come_from_one_place():
    for package in PACKAGES:
        assert Path(str(files(package))).resolve() == (ROOT / package).resolve()


def test_the_wheel_holds_the_four_packages_and_is_not_for_upload():
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == PACKAGES
    assert "Private :: Do Not Upload" in PROJECT["project"]["classifiers"]


def test_version_is_the_one_in_pyproject():
    script = Path(sys.executable).with_name("overlegbot")
    run = subprocess.run([script, "--version"], capture_output=True, text=True, timeout=30)
    assert run.stdout == f"overlegbot {PROJECT['project']['version']}\n"


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_with_hashes(name):
    assert pins(name)
    for entry in pins(name).values():
        assert re.match(r"[a-z0-9.-]+==\S+ ", entry), entry.splitlines()[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry.splitlines()[0]


@pytest.mark.parametrize("name", LOCKS)
def test_requirements_hold_no_address_path_or_option(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"(^|\s)(/|--(?!hash=))", text)
    assert "index" not in "".join(line for line in text.splitlines() if line.startswith("#"))


def unmarked(entries: dict[str, str]) -> dict[str, str]:
    """The pins without the machines that they are for: what the tests need may need the same on more of them."""
    return {name: re.sub(r" ;[^\\]*", " ", entry) for name, entry in entries.items()}


@pytest.mark.parametrize("folder", ["reference", "web", "teams/playground"])
def test_what_the_tests_take_from_npm_is_pinned_with_hashes_and_without_addresses(folder):
    text = (ROOT / "tests" / folder / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


def test_the_requirements_agree_with_each_other():
    runtime, test = unmarked(pins("runtime")), unmarked(pins("test"))
    assert runtime.items() <= test.items()
    for name, entry in unmarked(pins("build")).items():
        assert runtime.get(name, entry) == entry
        assert test.get(name, entry) == entry


def test_every_dependency_is_pinned():
    declared = [re.split(r"[\[<>=~ ]", line, maxsplit=1)[0] for line in PROJECT["project"]["dependencies"]]
    assert {name.lower().replace("_", "-") for name in declared} <= pins("runtime").keys()


def test_synapse_is_for_the_tests_only():
    assert "matrix-synapse" in pins("test")
    assert "matrix-synapse" not in pins("runtime")


def test_the_wheel_carries_all_data_beside_the_code(tmp_path):
    """Structures, example year and migrations are read through importlib.resources: they must be in the wheel."""
    import zipfile

    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=60,
    )
    (wheel,) = tmp_path.glob("*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    for package in PACKAGES:
        here = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / package).rglob("*")
            if path.suffix in {".py", ".toml", ".mako", ".json", ".txt"} and "__pycache__" not in path.parts
        }
        assert here <= carried
