"""The entry point tells what it wants."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workers.conftest import ROOT


def run(home: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "VAULT_HOME": str(home), **settings}
    command = [sys.executable, "-m", "workers.main", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("arguments", [(), ("cook",), ("worker", "scheduler")])
def test_unknown_roles_are_answered_with_the_usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 1
    assert "worker|scheduler" in done.stderr


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    done = run(tmp_path, "worker", VAULT_NONSENSE="1")
    assert done.returncode == 1
    assert "VAULT_NONSENSE" in done.stderr
