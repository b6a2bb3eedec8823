"""A notice that comes as a mail: kept byte for byte, read in the sandbox, its attachments kept beside it."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from tests.reading.mail.mails import NOTICE, PAGE, mail
from tests.services.assets.poisonable import POISON
from tests.shop import Shop, open_shop
from vault.db.entities.audits import Audit, AuditEvent
from vault.db.entities.documents import Document, DocumentState
from vault.domain.audits import AuditState
from vault.domain.errors import Conflict, Forbidden, NotFound, Refused
from vault.domain.papers import PaperKind
from vault.domain.roles import Role
from vault.domain.values import Sha256
from vault.reading.sandbox.reader import SandboxedReader
from vault.sandbox.limits import Limits
from vault.services.access import Actor
from vault.services.audits import audits
from vault.services.audits.attachments import keep_attachment, list_attachments
from vault.services.audits.notice import Notice
from vault.services.audits.pages import read_audit
from vault.services.documents import intake
from vault.services.vault import Vault

ASSETS = Path(__file__).parents[1] / "assets"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


def keep(shop: Shop, content: bytes, kind: PaperKind | None = PaperKind.AMAZON_NOTICE) -> str:
    stream = io.BytesIO(content)
    return intake.keep(shop.vault, shop.actor, shop.account_id, stream, "notice.eml", kind=kind).document_id


def open_with(shop: Shop, content: bytes) -> Audit:
    return audits.open_audit(shop.vault, shop.actor, shop.account_id, document_id=keep(shop, content))


def notice_of(shop: Shop, audit: Audit) -> Notice:
    return read_audit(shop.vault, shop.actor, shop.account_id, audit.id).notice


def with_picture() -> bytes:
    written = mail()
    written.add_attachment(PNG, maintype="image", subtype="png", filename="notice.png")
    return written.as_bytes()


def test_a_mail_is_kept_as_it_is_and_its_text_is_there_at_once(shop: Shop) -> None:
    content = mail("", page=PAGE).as_bytes()
    audit = open_with(shop, content)
    document = shop.document(str(audit.notice_document_id))
    assert document.media_type == "message/rfc822"
    with shop.vault.store.open(Sha256(document.sha256)) as stream:
        assert stream.read() == content
    reading = notice_of(shop, audit).reading
    assert [str(each.value) for each in reading.asins] == ["B0TESTAAA1"]
    assert [each.value for each in reading.order_ids] == ["302-1234567-1234567"]
    assert reading.sent_at is not None
    assert reading.doubts == ()


def test_a_mail_is_read_like_every_other_document(shop: Shop) -> None:
    document_id = keep(shop, mail().as_bytes())
    shop.work()
    document = shop.document(document_id)
    assert (document.state, document.page_count) == (DocumentState.JUDGED, 1)
    assert shop.vault.reader.render(mail().as_bytes(), 1, 320)[:4] == b"RIFF"


def test_a_mail_among_other_uploads_is_correspondence_and_never_an_invoice(shop: Shop) -> None:
    for number, kind in enumerate((None, PaperKind.SUPPLIER_INVOICE)):
        document_id = keep(shop, mail(f"{NOTICE} {number}").as_bytes(), kind)
        shop.work()
        assert shop.document(document_id).paper is PaperKind.CORRESPONDENCE
        assert shop.tasks(document_id).keys() <= {"paper.expiry"}


def test_outlooks_format_is_refused_with_what_to_do(shop: Shop) -> None:
    with pytest.raises(Refused, match=r"save it as \.eml"):
        keep(shop, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_the_source_of_a_mail_or_of_a_page_may_be_pasted(shop: Shop) -> None:
    for pasted in (mail("", page=PAGE).as_string(), PAGE):
        audit = audits.open_audit(shop.vault, shop.actor, shop.account_id, pasted)
        assert "<p>" not in audit.notice_text
        assert "B0TESTAAA1" in audit.notice_text
        assert "B0SCRIPTED1" not in audit.notice_text


def test_what_was_copied_from_the_screen_stays_as_it_is(shop: Shop) -> None:
    pasted = f"From: Seller Performance <a@amazon.de>\nDate: Fri, 30 Oct 2026 08:15:00 +0100\n\n{NOTICE} 3 < 4 > 2"
    assert audits.open_audit(shop.vault, shop.actor, shop.account_id, pasted).notice_text == pasted


def test_a_mail_that_cannot_be_read_is_kept_all_the_same(shop: Shop) -> None:
    content = b"From: a@b.example\r\nTo: c@d.example\r\nContent-Type: text/html\r\n\r\n" + b"<" * 1000
    audit = open_with(shop, content)
    assert audit.notice_document_id is not None
    assert notice_of(shop, audit).reading.kinds == ()


def test_an_attachment_is_kept_beside_the_mail_once_and_read_with_it(shop: Shop) -> None:
    audit = open_with(shop, with_picture())
    place = shop.vault, shop.actor, shop.account_id, audit.id
    assert [(each.name, each.size) for each in list_attachments(*place)] == [("notice.png", len(PNG))]
    first = keep_attachment(*place, 0)
    before = shop.count(AuditEvent)
    assert keep_attachment(*place, 0) == first
    assert shop.count(AuditEvent) == before
    document = shop.document(first)
    assert (document.paper, document.size) == (PaperKind.AMAZON_NOTICE, len(PNG))
    assert notice_of(shop, audit).is_being_read
    shop.work()
    notice = notice_of(shop, audit)
    assert not notice.is_being_read
    assert notice.document is not None
    assert notice.document.id == audit.notice_document_id
    assert notice.text.startswith("Date: ")


def test_an_attachment_that_is_not_there_is_refused(shop: Shop) -> None:
    audit = open_with(shop, mail().as_bytes())
    place = shop.vault, shop.actor, shop.account_id
    with pytest.raises(Conflict):
        keep_attachment(*place, audit.id, 0)
    pasted = audits.open_audit(*place, NOTICE)
    assert list_attachments(*place, pasted.id) == ()


@pytest.mark.parametrize(("role", "refusal"), [(Role.AUDITOR, Forbidden), (None, NotFound)])
def test_only_who_works_here_keeps_attachments(shop: Shop, role: Role | None, refusal: type[Exception]) -> None:
    audit = open_with(shop, with_picture())
    actor = Actor("a", "A", {shop.account_id: role} if role else {})
    with pytest.raises(refusal):
        keep_attachment(shop.vault, actor, shop.account_id, audit.id, 0)


def test_a_mail_that_kills_its_reader_begins_an_audit_all_the_same(vault: Vault) -> None:
    with SandboxedReader(Limits(seconds=30), tasks="poisonable", extra=(ASSETS,)) as reader:
        shop = open_shop(replace(vault, reader=reader))
        audit = open_with(shop, mail(f"Hello {POISON.decode()}").as_bytes())
        assert list_attachments(shop.vault, shop.actor, shop.account_id, audit.id) == ()
    assert audit.notice_text == ""


def test_no_attachment_is_kept_of_an_audit_that_is_over(shop: Shop) -> None:
    audit = open_with(shop, with_picture())
    place = shop.vault, shop.actor, shop.account_id, audit.id
    audits.move(*place, AuditState.WITHDRAWN)
    before = shop.count(Document)
    with pytest.raises(Conflict, match="over"):
        keep_attachment(*place, 0)
    assert shop.count(Document) == before
