"""Mails: what they say, whose they are, and that no stranger's mail costs more than it may."""

import base64

import pytest

from tests.reading.mail.mails import AMAZON, NOTICE, OURS, PAGE, mail, passed_on
from vault.domain.errors import Unreadable
from vault.domain.notice_readings import SenderFlaw
from vault.reading.mail.bounded import DEEPEST, LARGEST, MOST_LINES, MOST_PARTS
from vault.reading.mail.html_text import looks_like_html, text_of_html
from vault.reading.mail.message import LONGEST_TEXT, MOST_ATTACHMENTS, read_attachment, read_mail
from vault.reading.mail.sheets import draw_sheet, sheets_of
from vault.reading.notice.read_notice import read_notice
from vault.reading.read import read_document
from vault.sandbox.limits import Limits
from vault.sandbox.sniff import MAIL, is_outlook, sniff

PDF = b"%PDF-1.4 a notice"


def head_and_body(data: bytes) -> tuple[list[str], str]:
    head, _, body = read_mail(data).text.partition("\n\n")
    return head.splitlines(), body


def flaws(text: str) -> list[tuple[SenderFlaw, str]]:
    return [(each.flaw, each.address) for each in read_notice(text).doubts]


def test_a_mail_is_known_by_how_it_begins() -> None:
    for data in (
        mail().as_bytes(),
        b"\xef\xbb\xbf\r\n" + mail().as_bytes(),
        b"From us@shop.example Thu Oct 29 2026\n" + mail().as_bytes(),
        b"Received: from mx.example\r\n\tby mx2.example;"
        + b" x" * 400
        + b"\r\nFrom: a@b.example\r\nTo: c@d.example\r\n\r\nHi",
        b"Return-Path: <a@b.example>\r\nDKIM-Signature: v=1; " + b"a" * 2000,
    ):
        assert sniff(data) == MAIL


@pytest.mark.parametrize(
    "data",
    [
        b"Dear team,\nFrom: us",
        b"From: a@b.example",
        b"key: value\nother: value\n",
        b"<html>From: x\nTo: y",
        b"",
        b"From ",
    ],
)
def test_other_texts_are_no_mails(data: bytes) -> None:
    assert sniff(data) is None


def test_a_pdf_behind_the_head_of_a_mail_is_a_pdf() -> None:
    assert sniff(b"From: a@b.example\nTo: c@d.example\n\n" + PDF) == "application/pdf"


def test_the_head_says_who_wrote_when_about_what() -> None:
    head, body = head_and_body(mail(Subject_="x").as_bytes())
    assert head == ["Date: Thu, 29 Oct 2026 23:40:00 -0700", f"From: {AMAZON}", "Subject: Your account"]
    assert body.strip() == NOTICE


def test_headers_in_other_alphabets_and_charsets_are_decoded() -> None:
    data = (
        b"From: =?utf-8?q?Verk=C3=A4uferbetreuung?= <a@amazon.de>\r\nDate: Thu, 29 Oct 2026 08:00:00 +0100\r\n"
        b"Subject: =?iso-8859-1?b?" + base64.b64encode("Prüfung für Sie".encode("latin-1")) + b"?=\r\n"
        b"Content-Type: text/plain; charset=windows-1252\r\n\r\n" + "Übergroß – 5 €".encode("cp1252")
    )
    text = read_mail(data).text
    assert "Verkäuferbetreuung" in text
    assert "Subject: Prüfung für Sie" in text
    assert "Übergroß – 5 €" in text


def test_plain_text_is_preferred_to_the_page_beside_it_unless_it_says_next_to_nothing() -> None:
    assert (
        head_and_body(mail(page="<p>Another text, not much longer than the plain one is.</p>").as_bytes())[1].strip()
        == NOTICE
    )
    assert "B0TESTAAA1" in head_and_body(mail("See HTML.", page=PAGE).as_bytes())[1]


def test_a_page_becomes_the_text_that_a_reader_sees_and_nothing_is_fetched() -> None:
    _, body = head_and_body(mail("", page=PAGE).as_bytes())
    assert body.startswith("Your listing\n\nWe doubt the authenticity of ASIN B0TESTAAA1.\nPlease send")
    assert "Order 302-1234567-1234567" in body
    assert "- one\n- two" in body
    assert "Answer <sellercentral.amazon.de>" in body
    for unseen in ("Preview", "color", "B0SCRIPTED1", "pixel.example", "token"):
        assert unseen not in body


def test_the_source_of_a_page_is_told_from_a_text() -> None:
    assert looks_like_html(PAGE)
    assert not looks_like_html(NOTICE + " <seller-performance@amazon.de> a < b > c")


def test_a_link_shows_where_it_leads_whatever_it_says() -> None:
    assert text_of_html('<a href="https://аmazon.de/x">amazon.de</a>') == "amazon.de <xn--mazon-3ve.de>"
    assert text_of_html('<a href="javascript:alert(1)">x</a><a href="http://[">y</a>') == "xy"


def test_of_a_mail_inside_a_mail_the_inner_one_counts() -> None:
    head, body = head_and_body(passed_on(passed_on(mail())).as_bytes())
    assert head[0] == f"Forwarded-By: {OURS}"
    assert f"From: {AMAZON}" in head
    assert body.strip() == NOTICE


def test_what_amazon_itself_passes_on_is_not_the_notice() -> None:
    outer = mail()
    outer.add_attachment(mail("I want my money.", "Buyer <x@mail.example>"))
    head, body = head_and_body(outer.as_bytes())
    assert f"From: {AMAZON}" in head
    assert "I want my money" not in body


def test_attachments_are_offered_and_given_byte_for_byte_also_from_the_inner_mail() -> None:
    inner = mail()
    inner.add_attachment(PDF, maintype="application", subtype="pdf", filename="../../notice\u2028.pdf")
    inner.add_attachment(b"MZ\x90", maintype="application", subtype="octet-stream", filename="virus.exe")
    inner.add_attachment(b"\x89PNG\r\n\x1a\n logo", maintype="image", subtype="png", disposition="inline")
    for data in (inner.as_bytes(), passed_on(inner).as_bytes()):
        offered = read_mail(data).attachments
        assert [(each.number, each.media_type, each.size) for each in offered] == [(0, "application/pdf", len(PDF))]
        assert offered[0].name == "../../notice .pdf"
        assert read_attachment(data, 0) == PDF
        with pytest.raises(Unreadable):
            read_attachment(data, 1)


def test_the_sheets_of_a_mail_are_read_and_drawn() -> None:
    text = read_mail(mail(f"{NOTICE}\n" * 100 + "x" * 300).as_bytes()).text
    pages, _ = sheets_of(text, Limits())
    assert len(pages) > 2
    assert {word.text for word in pages[0].words} >= {"B0TESTAAA1.", "From:"}
    assert all(0 <= word.box.x0 < word.box.x1 <= 1 for page in pages for word in page.words)
    drawn = draw_sheet(pages[0], 600)
    dark = drawn.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert dark is not None
    with pytest.raises(Unreadable):
        sheets_of("line\n" * 1000, Limits(pages=3))


def test_a_mail_is_a_document_with_words() -> None:
    reading = read_document(mail().as_bytes())
    assert reading.media_type == MAIL
    assert "B0TESTAAA1." in reading.text
    assert reading.pages[0].language == "en"


def nested(depth: int) -> bytes:
    """Parts within parts, each announced and none ended."""
    head = b"From: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\n"
    return head + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (each, each) for each in range(depth)
    )


def chained(depth: int) -> bytes:
    """Mails within mails."""
    link = b"From: a@b.example\r\nTo: c@d.example\r\nContent-Type: message/rfc822\r\n\r\n"
    return link * depth + mail().as_bytes()


HOSTILE = {
    "nothing but a head": b"From: a@b.example\r\nTo: c@d.example\r\n",
    "deep parts": nested(300),
    "deeper parts": nested(5000),
    "mails in mails": chained(40),
    "many parts": mail()
    .as_bytes()
    .replace(b"Content-Type: text/plain", b"Content-Type: multipart/mixed; boundary=x\r\nX: y")
    + b"--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n" * 5_000,
    "unknown charset": b"From: a@b.example\r\nTo: c@d.example\r\nContent-Type: text/plain; charset=no-such\r\n\r\n\xff\xfe hello",
    "charset that is no text": b"From: a@b.example\r\nTo: c@d.example\r\nContent-Type: text/plain; charset=zlib\r\n\r\nhello",
    "broken base64": b"From: a@b.example\r\nTo: c@d.example\r\nContent-Transfer-Encoding: base64\r\n\r\n@@@=!",
    "broken words": b"From: =?utf-8?q?=\xff?= <=?@>\r\nTo: c@d.example\r\nSubject: =?x?y?z?= \xff\xfe\r\nDate: never\r\n\r\nhello",
    "endless header": b"From: "
    + b"a," * 500_000
    + b"\r\nTo: c@d.example\r\nSubject: "
    + b"(" * 200_000
    + b"\r\n\r\nhello",
    "endless page": b"From: a@b.example\r\nTo: c@d.example\r\nContent-Type: text/html\r\n\r\n" + b"<div>" * 200_000,
    "open tags": b"From: a@b.example\r\nTo: c@d.example\r\nContent-Type: text/html\r\n\r\n" + b"<a href='" * 20_000,
    "half characters": b"From: a@b.example\r\nTo: c@d.example\r\n\r\n" + b"\xed\xa0\x80 \x1b[31m hello",
    "strange file name": b"From: a@b.example\r\nTo: c@d.example\r\nContent-Type: application/pdf; name*=utf-8''%ff%00\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(PDF),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_mail_is_read_within_bounds_or_refused(data: bytes) -> None:
    try:
        read = read_mail(data)
    except Unreadable:
        return
    assert len(read.text) <= LONGEST_TEXT
    assert len(read.attachments) <= MOST_ATTACHMENTS
    assert "\x1b" not in read.text
    read.text.encode()


def in_parts(count: int) -> bytes:
    """As many parts, none of which says what it is."""
    head = b"From: a@b.example\r\nTo: c@d.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    return head + b"--x\r\n\r\nhello\r\n" * count + b"--x--\r\n"


@pytest.mark.parametrize(
    "data",
    [
        nested(DEEPEST + 2),
        nested(900),
        chained(DEEPEST + 1),
        in_parts(MOST_PARTS),
        in_parts(100_000),
        mail("x" * 70 + "\n").as_bytes() + b"\n" * MOST_LINES,
        mail().as_bytes() + bytes(LARGEST),
    ],
    ids=["deep parts", "deeper parts", "mails in mails", "parts", "many parts", "many lines", "many bytes"],
)
def test_a_mail_with_more_than_anybody_sends_is_refused_before_all_of_it_is_taken_apart(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_mail(data)
    assert refused.value.reason == "too_many_parts"
    with pytest.raises(Unreadable):
        read_attachment(data, 0)


def test_as_much_as_mails_hold_is_read() -> None:
    for data in (nested(DEEPEST), chained(DEEPEST), in_parts(MOST_PARTS - 1)):
        assert read_mail(data).text
    written = mail()
    for number in range(MOST_ATTACHMENTS):
        written.add_attachment(PDF, maintype="application", subtype="pdf", filename=f"{number}.pdf")
    assert len(read_mail(passed_on(written).as_bytes()).attachments) == MOST_ATTACHMENTS


def test_of_long_headers_the_beginning_is_read() -> None:
    kind = b"Content-Type: text/plain; charset=utf-8; " + b"a=b; " * 100_000
    data = mail().as_bytes().replace(b'Content-Type: text/plain; charset="utf-8"', kind)
    assert kind in data
    assert NOTICE in " ".join(read_mail(data).text.split())


def test_outlooks_own_format_is_known_to_be_told_what_to_do() -> None:
    assert is_outlook(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    assert not is_outlook(PDF)


@pytest.mark.parametrize(
    "sender",
    [
        AMAZON, "seller-performance@amazon.co.uk", "no-reply@sellercentral.amazon.com", "x@sell.amazon.com",
        '"a, b" <donotreply@amazon.com>', "Performance des vendeurs <x@AMAZON.FR>",
    ],
)  # fmt: skip
def test_amazons_own_domains_raise_no_doubt(sender: str) -> None:
    assert flaws(f"From: {sender}\nSubject: x\n\n{NOTICE}") == []


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ("Amazon <seller-performance@amazon-support.com>", "seller-performance@amazon-support.com"),
        ('"seller-performance@amazon.de" <x@evil.example>', "x@evil.example"),
        ("<seller-performance@amazon.de> <x@evil.example>", "x@evil.example"),
        ("x@amazon.de.evil.example", "x@amazon.de.evil.example"),
        ("x@evilamazon.com", "x@evilamazon.com"),
        ("x@аmazon.com", "x@аmazon.com"),
        ("amazon.de@evil.example", "amazon.de@evil.example"),
    ],
)
def test_lookalikes_are_strangers(sender: str, address: str) -> None:
    for name in ("From", "Von", "De", "Da"):
        assert flaws(f"{name}: {sender}\nSubject: x\n\n{NOTICE}") == [(SenderFlaw.STRANGER, address)]


def test_what_buyers_write_through_amazon_is_not_amazons() -> None:
    assert flaws("From: a1b2c3@marketplace.amazon.de\n\nx") == [(SenderFlaw.RELAYED, "a1b2c3@marketplace.amazon.de")]


def test_what_was_passed_on_cannot_be_looked_into() -> None:
    by_hand = f"From: {OURS}\n\nSee below.\n\n---------- Forwarded message ---------\nFrom: {AMAZON}\n\n{NOTICE}"
    for text in (by_hand, read_mail(passed_on(mail()).as_bytes()).text):
        assert flaws(text) == [(SenderFlaw.FORWARDED, "office@shop.example")]
    phished = read_mail(passed_on(mail(sender="x@evil.example")).as_bytes()).text
    assert flaws(phished) == [(SenderFlaw.STRANGER, "x@evil.example")]


def test_what_the_mail_server_found_is_told() -> None:
    forged = mail(Authentication_Results="mx.shop.example; spf=softfail; dmarc=fail (p=reject) header.from=amazon.de")
    assert flaws(read_mail(forged.as_bytes()).text) == [(SenderFlaw.FORGED, "seller-performance@amazon.de")]
    proven = mail(Authentication_Results="mx.shop.example; dmarc=pass")
    assert flaws(read_mail(proven.as_bytes()).text) == []


def test_a_notice_that_names_no_sender_raises_no_doubt() -> None:
    assert flaws(NOTICE + "\nWrite to us@shop.example.") == []
