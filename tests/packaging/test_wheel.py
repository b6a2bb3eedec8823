import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_SOURCES = ["vault", "workers", "templates"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The names in a wheel that was built from a copy of the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    source, built = folder / "source", folder / "built"
    for name in _SOURCES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.py", "setup.cfg", "pyproject.toml"):
        shutil.copy(ROOT / name, source)
    (source / "README.md").write_text("# Seller Vault\n")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run([*pip, "--wheel-dir", str(built), str(source)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = built.glob("*.whl")
    return frozenset(zipfile.ZipFile(found).namelist())


def files(folder: str) -> set[str]:
    found = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts}


@pytest.mark.parametrize("folder", ["vault", "workers"])
def test_everything_of_the_packages_is_in_the_wheel(wheel: frozenset[str], folder: str) -> None:
    assert files(folder) - wheel == set()


def test_every_template_is_in_the_wheel(wheel: frozenset[str]) -> None:
    templates = files("templates")
    assert templates
    assert {f"vault/{name}" for name in templates} - wheel == set()


def test_nothing_else_is_in_the_wheel(wheel: frozenset[str]) -> None:
    assert {name.split("/")[0] for name in wheel if ".dist-info/" not in name} == {"vault", "workers"}
