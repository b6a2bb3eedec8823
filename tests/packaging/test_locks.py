"""What is installed is what was tried: locked by checksum, from whatever registry a machine uses."""

import json
import re
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements/run.txt", "requirements/dev.txt", "requirements/node.txt"]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(path: str) -> set[str]:
    return {normal(found[1]) for found in re.finditer(r"^([\w.-]+)(?:\[[\w,]+\])?==", (ROOT / path).read_text(), re.M)}


def wanted(section: str, option: str) -> set[str]:
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg")
    lines = settings[section][option].split()
    return {normal(re.split(r"[\[<>=]", line)[0]) for line in lines}


def test_every_requirement_is_locked() -> None:
    assert wanted("options", "install_requires") - locked("requirements/run.txt") == set()
    assert wanted("options.extras_require", "dev") - locked("requirements/dev.txt") == set()
    assert locked("requirements/run.txt") - locked("requirements/dev.txt") == set()


@pytest.mark.parametrize("path", LOCKS)
def test_every_locked_package_has_its_checksums_and_no_address(path: str) -> None:
    text = (ROOT / path).read_text()

    assert "//" not in text
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in block, block


def test_the_front_end_libraries_have_their_checksums_and_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    libraries = {name: package for name, package in packages.items() if name}
    assert {name.removeprefix("node_modules/") for name in libraries} >= set(packages[""]["dependencies"])
    for name, package in libraries.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_the_front_end_libraries_are_pinned() -> None:
    versions = json.loads((ROOT / "package.json").read_text())["dependencies"]

    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())
    assert versions["htmx.org"].startswith("2.")


def test_every_library_that_pages_link_is_copied_at_the_build() -> None:
    script = (ROOT / "tools/front-end.sh").read_text()
    pages = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))

    linked = set(re.findall(r"filename='vendor/[\w-]+/([\w.-]+)'", pages))
    assert linked
    assert {name for name in linked if name not in script} == set()
