import pytest

from tests.reading.documents import letter


@pytest.fixture(scope="session")
def text_pdf() -> bytes:
    return letter()
