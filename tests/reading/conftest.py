"""Documents and bounds that the tests of reading share."""

import pytest

from tests.reading.documents import letter, picture_of, scan_of
from vault.sandbox.limits import Limits


@pytest.fixture(scope="session")
def text_pdf() -> bytes:
    return letter()


@pytest.fixture(scope="session")
def scanned_pdf(text_pdf: bytes) -> bytes:
    return scan_of(picture_of(text_pdf))


@pytest.fixture
def limits() -> Limits:
    return Limits()
