"""Where the search for signs of editing stopped early, the reading says so; an update cannot be hidden from it."""

import io
import math

import pikepdf
import pytest
from pypdf import PdfWriter
from pypdf.annotations import FreeText

from tests.reading.documents import joined, letter
from tests.reading.signs.altering import commented, drawn_on, patch, place_of, saved_again, typed
from vault.domain.readings import Problem, Sign, SignKind
from vault.reading.read import read_document
from vault.reading.signs.found import in_part
from vault.reading.signs.revisions import signs_of_revisions
from vault.sandbox.limits import Limits

ADDED = typed(80, 100, "Quantity 50")
PRICE = "58.50"


def problems_of(data: bytes, limits: Limits | None = None) -> list[Problem]:
    return [each for each in read_document(data, limits=limits).problems if each == in_part(each.page)]


def kinds_of(data: bytes) -> set[SignKind]:
    return {sign.kind for sign in read_document(data).signs or ()}


def updated(pdf: bytes) -> bytes:
    return drawn_on(pdf, ADDED, keep_before=True)


def for_the_web(pdf: bytes) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(written, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return written.getvalue()


def test_an_ordinary_document_is_looked_at_wholly(text_pdf: bytes) -> None:
    assert problems_of(text_pdf) == problems_of(updated(text_pdf)) == []


def test_every_page_of_a_long_document_that_was_saved_again_is_compared(text_pdf: bytes) -> None:
    long = joined(*[text_pdf] * 50)

    def on_the_last(writer: PdfWriter) -> None:
        writer.pages[49].rotate(90)

    changed = saved_again(long, on_the_last)
    assert [(sign.kind, sign.page) for sign in read_document(changed).signs or ()] == [(SignKind.CHANGED_TEXT, 50)]
    assert problems_of(changed) == []


@pytest.mark.parametrize("bound", [{"limit": -1.0}, {"until": -math.inf}])
def test_pages_for_which_there_was_no_time_are_named(text_pdf: bytes, bound: dict[str, float]) -> None:
    assert list(signs_of_revisions(updated(joined(text_pdf, text_pdf)), **bound)) == [in_part(1), in_part(2)]


def test_a_page_with_more_words_than_are_read(text_pdf: bytes) -> None:
    assert problems_of(joined(letter(), text_pdf), Limits(words=10)) == [in_part(1), in_part(2)]


def test_a_cover_among_many_is_seen_and_one_among_far_too_many_is_no_pass(text_pdf: bytes) -> None:
    cover = patch(place_of(text_pdf, PRICE), "98.50")
    boxes = [f"q 0.9 g {20 + 5 * (n % 100)} {10 + n // 100} 4 4 re f Q" for n in range(2_100)]
    assert kinds_of(drawn_on(text_pdf, " ".join([*boxes[:500], cover]))) == {SignKind.COVERED}
    assert problems_of(drawn_on(text_pdf, " ".join(boxes[:500]))) == []
    assert problems_of(drawn_on(text_pdf, " ".join([*boxes, cover]))) == [in_part(1)]


def test_a_page_of_more_objects_than_are_looked_at(text_pdf: bytes) -> None:
    lines = " ".join(f"{n % 500} 10 m {n % 500} 12 l S" for n in range(50_100))
    assert problems_of(drawn_on(text_pdf, lines)) == [in_part(1)]


def test_a_page_of_more_notes_than_are_looked_at(text_pdf: bytes) -> None:
    def noted(writer: PdfWriter) -> None:
        for _ in range(1_001):
            writer.add_annotation(0, FreeText(text="x", rect=(10, 10, 20, 20)))

    assert problems_of(saved_again(text_pdf, noted)) == [in_part(1)]


def test_a_long_comment_on_a_scan_is_read_and_one_without_end_is_no_pass(text_pdf: bytes, scanned_pdf: bytes) -> None:
    place = place_of(text_pdf, PRICE)
    (sign,) = read_document(commented(scanned_pdf, place, "word " * 100 + "98.50")).signs or ()
    assert sign.kind is SignKind.LAID_OVER
    assert problems_of(commented(scanned_pdf, place, "word " * 3_000 + "98.50")) == [in_part(1)]


def test_a_file_made_for_the_web_is_one_version_and_what_was_added_to_it_is_seen(text_pdf: bytes) -> None:
    web = for_the_web(text_pdf)
    assert web.count(b"%%EOF") == 2
    assert list(signs_of_revisions(web)) == []
    (sign,) = signs_of_revisions(updated(web))
    assert isinstance(sign, Sign)
    assert (sign.kind, sign.raw) == (SignKind.CHANGED_TEXT, "Quantity 50")


@pytest.mark.parametrize("claim", [b"% /Linearized 1", b"% 1 0 obj << /Linearized 1 /L 999 >>"])
def test_a_comment_that_calls_the_file_made_for_the_web_hides_no_update(text_pdf: bytes, claim: bytes) -> None:
    head, _, rest = updated(text_pdf).partition(b"\n")
    # What is inserted shifts every offset: readers find the objects again by themselves.
    (sign,) = signs_of_revisions(head + b"\n" + claim + b"\n" + rest)
    assert isinstance(sign, Sign)
    assert sign.kind is SignKind.CHANGED_TEXT


def test_a_wrong_length_makes_no_file_one_version(text_pdf: bytes) -> None:
    web = updated(for_the_web(text_pdf))
    start = web.index(b"/L ") + 3
    wrong = web[:start] + b"99999" + web[start + 5 :]
    assert {found.kind for found in signs_of_revisions(wrong) if isinstance(found, Sign)} == {SignKind.CHANGED_TEXT}


def test_versions_that_are_no_documents_are_passed_over_and_too_many_of_them_are_no_pass(text_pdf: bytes) -> None:
    end = b"startxref\n0\n%%EOF\n"
    head, _, rest = updated(text_pdf).partition(b"\n")
    assert [type(found) for found in signs_of_revisions(head + b"\n" + end * 3 + rest)] == [Sign]
    assert list(signs_of_revisions(head + b"\n" + end * 60 + rest)) == [in_part()]
