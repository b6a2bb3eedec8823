"""One sandbox for all tests of composing: starting it takes longer than most of them."""

from collections.abc import Iterator

import pytest

from vault.composing.composer import Composer


@pytest.fixture(scope="session")
def composer() -> Iterator[Composer]:
    with Composer() as shared:
        yield shared
