"""What the tests of services share."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.shop import Shop, open_shop
from vault.reading.sandbox.reader import SandboxedReader
from vault.services.vault import Vault


@pytest.fixture(scope="session")
def warm_reader() -> Iterator[SandboxedReader]:
    """One sandbox for all tests: starting it takes longer than most of them."""
    with SandboxedReader() as reader:
        yield reader


@pytest.fixture
def shop(vault: Vault, warm_reader: SandboxedReader) -> Shop:
    return open_shop(replace(vault, reader=warm_reader))
