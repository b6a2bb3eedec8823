"""Whatever the sandbox answers, the side that asks is not led astray."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.composing.papers import made_of
from vault.composing.composer import Composer
from vault.composing.pdf_objects import Fragment, ObjectWriter
from vault.composing.requests import TakeRequest
from vault.domain.errors import Unreadable
from vault.sandbox.limits import Limits
from vault.sandbox.refusals import ReaderDied

ASSETS = Path(__file__).parent / "assets"
TAKE = TakeRequest(5, 1, 2, "", (595, 842), "", "", "{page} of {total}", 1, 1)


@pytest.fixture(scope="module")
def lying() -> Iterator[Composer]:
    with Composer(tasks="lying", extra=[ASSETS]) as composer:
        yield composer


def fragment(**said: object) -> bytes:
    body = b"5 0 obj\n<<>>\nendobj\n"
    head = {"first": 5, "offsets": [0], "pages": [5], "flaws": [], "drawn": 0, **said}
    return json.dumps(head).encode() + b"\n" + body


def test_a_fragment_as_it_should_be_is_taken(lying: Composer) -> None:
    assert lying.taken(TAKE, fragment()).pages == (5,)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\n",
        b"[]\n",
        b"[" * 100_000,
        fragment(first=4),
        fragment(offsets=[1]),
        fragment(offsets=[0, 0]),
        fragment(offsets=[0, 9999]),
        fragment(offsets=[0, -1]),
        fragment(offsets=["0"]),
        fragment(offsets={}),
        fragment(pages=[]),
        fragment(pages=[6]),
        fragment(pages=[4]),
        fragment(pages=[True]),
        fragment(flaws="none"),
        fragment(drawn="many"),
        fragment(drawn=None),
    ],
)
def test_a_fragment_that_lies_is_not_taken(lying: Composer, answer: bytes) -> None:
    with pytest.raises(ReaderDied):
        lying.taken(TAKE, answer)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"%PDF-1.7",
        b"1\n%PDF",
        b'{"flaws": []}\n%PDF',
        b'{"pages": 0, "flaws": []}\n%PDF',
        b'{"pages": -1, "flaws": []}\n%PDF',
        b'{"pages": "1", "flaws": []}\n%PDF',
        b'{"pages": 99999999999, "flaws": []}\n%PDF',
        b'{"pages": 1, "flaws": "none"}\n%PDF',
        b'{"pages": 1}\n%PDF',
    ],
)
def test_a_copy_without_a_number_of_pages_is_not_taken(lying: Composer, answer: bytes) -> None:
    with pytest.raises(ReaderDied):
        lying.marked(answer, {}, "")


@pytest.mark.parametrize("answer", [b"", b"{}", b"null", b"[" * 100_000, json.dumps(["x"] * 500).encode()])
def test_a_check_that_says_nothing_is_not_taken(lying: Composer, answer: bytes) -> None:
    with pytest.raises(ReaderDied):
        lying.check(answer)


def test_what_was_written_is_read_back() -> None:
    writer = ObjectWriter(7)
    page = writer.reserve()
    writer.stream("/Type/X", b"abc")
    writer.put("<</Type/Page>>", page)
    made = writer.fragment([page], ["no_claim"], 1)
    assert Fragment.load(made.dump(), 7) == made


def test_a_copy_that_could_not_be_bound_is_refused_when_it_is_made() -> None:
    original = made_of(b"")
    with Composer(Limits(size=len(original), threads=1)) as composer, pytest.raises(Unreadable) as refused:
        composer.marked(original, {}, "A note, whose letters make the copy larger than the original.")
    assert refused.value.reason == "too_large"
