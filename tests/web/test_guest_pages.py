"""What somebody outside sees of an audit: the notice and what goes in, and not a word of anything else in the vault."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import String, select

from tests.clock import Clock
from tests.invoices.catalogue import Product
from tests.invoices.einvoice import render_einvoice
from tests.invoices.render import Layout
from tests.shop import CATALOGUE, Shop, open_shop
from tests.web.conftest import Browser
from tests.web.desk import Desk, employ, sit_down
from tests.web.test_audit_pages import NOTICE
from tests.web.world import make_world
from vault.app import create_app
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.audits import Audit, AuditBundle, AuditBundleFile, AuditGuest, EventKind
from vault.db.entities.base import Base
from vault.db.entities.documents import Document
from vault.db.entities.people import User
from vault.domain.audits import AuditKind, AuditState
from vault.domain.ids import new_id
from vault.domain.papers import PaperKind
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.letters.facts import LetterKind, Signer
from vault.reading.sandbox.reader import SandboxedReader
from vault.services.audits import audits, guests, timeline
from vault.services.audits.choosing import decide
from vault.services.audits.confirming import Confirmed, confirm
from vault.services.days import today
from vault.services.documents.made import add_made, store_made
from vault.services.journal.notes import Note, record
from vault.services.letters.answers import Said, save_answer
from vault.services.letters.editing import edit_letter
from vault.services.register.entries import EntryDetails, add_entry
from vault.services.vault import Vault

ASKED, OTHER = CATALOGUE[0], CATALOGUE[1]
CANARY = "CanaryXq"
STAFF = "Oddný Canärynäme"


@pytest.fixture(scope="module")
def warm_reader() -> Iterator[SandboxedReader]:
    with SandboxedReader() as reader:
        yield reader


@pytest.fixture
def shop(vault: Vault, warm_reader: SandboxedReader) -> Shop:
    return open_shop(replace(vault, reader=warm_reader))


@pytest.fixture
def app(shop: Shop) -> Flask:
    return create_app(vault=shop.vault)


@dataclass(frozen=True, slots=True)
class Case:
    """An audit with one invoice that goes in, one that a person left out, and one of another product."""

    audit: Audit
    chosen: str
    left_out: str
    of_other: str


@pytest.fixture
def case(shop: Shop) -> Case:
    chosen, left_out = bill(shop, 1, ASKED, "goes-in.pdf"), bill(shop, 2, ASKED, f"{CANARY}-left-out.pdf")
    of_other = bill(shop, 3, OTHER, f"{CANARY}-of-another.pdf")
    place = shop.vault, shop.actor, shop.account_id
    audit = audits.open_audit(*place, NOTICE)
    said = Confirmed(AuditKind.AUTHENTICITY, today(shop.vault), shop.vault.clock() + timedelta(days=2))
    audit = confirm(*place, audit.id, replace(said, asins=(ASKED.asin,), case_id="1234567890"))
    shop.work()
    decide(*place, audit.id, "invoices", ASKED.asin, left_out, is_in=False, reason=f"{CANARY} reason")
    return Case(audit, chosen, left_out, of_other)


def bill(shop: Shop, seed: int, product: Product, filename: str) -> str:
    invoice = replace(shop.invoice(seed, line_count=1, products=[product]), issue_date=today(shop.vault))
    document_id = shop.keep(render_einvoice(invoice, Layout.LETTERHEAD), filename).document_id
    shop.work()
    return document_id


@pytest.fixture
def link(shop: Shop, case: Case) -> str:
    return guests.invite(shop.vault, shop.actor, shop.account_id, case.audit.id, "Maître Roux", 7).link


@pytest.fixture
def guest(browser: Browser, link: str) -> Browser:
    """A browser in which the guest was let in."""
    answer = browser.post("/guest", code=link.partition("#")[2])
    assert (answer.status_code, answer.location) == (303, "/guest/audit")
    return browser


def test_a_guest_sees_the_notice_the_facts_and_what_goes_in_and_gets_its_original(
    shop: Shop, guest: Browser, case: Case
) -> None:
    page = guest.get("/guest/audit").text
    for text in ("Authenticity of products", "1234567890", ASKED.asin, "Please send us invoices", "goes-in.pdf"):
        assert text in page
    assert "units on invoices" in page
    answer = guest.get(f"/guest/audit/originals/{case.chosen}")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="goes-in.pdf"')
    assert len(answer.data) == shop.document(case.chosen).size


def test_nothing_else_of_the_vault_stands_on_a_guests_page(shop: Shop, guest: Browser, case: Case) -> None:
    fill_with_secrets(shop, case)
    shown = {case.chosen, *texts_of(shop, case), NOTICE, "Message that went to Amazon", "audit.zip"}
    page = html.unescape(guest.get("/guest/audit").text)
    assert "Message that went to Amazon" in page
    assert "Dear team, […] packed it." in page
    assert "audit.zip" in page
    assert CANARY.lower() not in page.lower()
    assert STAFF.lower() not in page.lower()
    assert [text for text in texts_of_the_vault(shop) if text in page and not is_shown(text, shown)] == []


def fill_with_secrets(shop: Shop, case: Case) -> None:
    """Puts the canary wherever people write something that is no guest's business."""
    vault, actor, account_id = shop.vault, shop.actor, shop.account_id
    bystander = shop.keep(b"%PDF-1.4 " + CANARY.encode(), f"{CANARY}-mail.pdf").document_id
    for kind in (EventKind.NOTE, EventKind.CALL):
        timeline.note_event(vault, actor, account_id, case.audit.id, kind, f"{CANARY} {kind}", document_id=bystander)
    message = "Message that went to Amazon"
    timeline.note_event(vault, actor, account_id, case.audit.id, EventKind.WRITTEN, message, document_id=bystander)
    for state in (AuditState.SENT, AuditState.ANSWERED):
        audits.move(vault, actor, account_id, case.audit.id, state, f"{CANARY} remark")
    audits.open_audit(vault, actor, account_id, f"{CANARY} another notice")
    guests.invite(vault, actor, account_id, case.audit.id, f"{CANARY} other guest", 3)
    add_entry(vault, actor, account_id, AttributeKind.EMAIL, f"{CANARY}@lavandine.example", EntryDetails())
    employ(create_app(vault=vault), account_id, Role.MANAGER)
    make_bundle(shop, case.audit.id, b"a bundle that was sent", sent_over=f"{CANARY} reply by a colleague")
    other = confirmed(shop, f"{CANARY} a third notice")
    make_bundle(shop, other.id, b"a bundle of another audit", f"{CANARY}-other.zip")
    for audit_id, text in ((other.id, f"{CANARY} letter"), (case.audit.id, f"Dear team, {STAFF.upper()} packed it.")):
        edit_letter(vault, actor, account_id, audit_id, LetterKind.ANSWER, "en", text)
    draft = f"{CANARY} in a language that is not the audit's"
    edit_letter(vault, actor, account_id, case.audit.id, LetterKind.ANSWER, "de", draft)
    name_somebody(shop)
    make_world(vault)


def confirmed(shop: Shop, notice: str) -> Audit:
    place = shop.vault, shop.actor, shop.account_id
    audit = audits.open_audit(*place, notice)
    return confirm(*place, audit.id, Confirmed(AuditKind.COMPROMISED, today(shop.vault)))


def name_somebody(shop: Shop) -> None:
    """One of the staff is called `STAFF`."""
    with shop.vault.database.transaction() as session:
        user = session.scalars(select(User).where(User.id != shop.actor.id)).first()
        assert user is not None
        user.name = STAFF
        record(session, shop.vault, [Note("user.changed", user.id, "x")])


def make_bundle(shop: Shop, audit_id: str, content: bytes, name: str = "audit.zip", sent_over: str = "") -> str:
    """A bundle that is ready, or was sent. Returns the document's id."""
    vault, now = shop.vault, shop.vault.clock()
    path = vault.settings.home / "made.zip"
    path.write_bytes(content)
    stored = store_made(vault, path, PaperKind.AUDIT_BUNDLE)
    with vault.database.transaction() as session:
        place = shop.account_id, stored, PaperKind.AUDIT_BUNDLE, name, "application/zip", shop.actor.id
        document, notes = add_made(session, vault, *place)
        bundle = AuditBundle(id=new_id(), audit_id=audit_id, options={"without_prices": True}, made_at=now, made_by="x")
        bundle.finished_at, bundle.sent_over, bundle.sent_at = now, sent_over, now if sent_over else None
        session.add(bundle)
        session.flush()
        session.add(AuditBundleFile(id=new_id(), bundle_id=bundle.id, position=0, document_id=document.id))
        record(session, vault, [*notes, Note("audit.bundle_made", audit_id, "x", shop.account_id)])
    return document.id


def texts_of(shop: Shop, case: Case) -> set[str]:
    """What the page may say: of the document that goes in, of its product, of the business and of the audit."""
    with shop.vault.database.reading() as session:
        document, audit = session.get_one(Document, case.chosen), session.get_one(Audit, case.audit.id)
        account = session.get_one(SellerAccount, shop.account_id)
        return {
            document.filename, document.supplier_name, document.number, ASKED.asin, ASKED.title("fr"), account.legal_name,
            audit.case_id,
        }  # fmt: skip


def is_shown(text: str, shown: set[str]) -> bool:
    """Part of what may be shown, or a word of the program: codes, addresses of our own and the like."""
    return any(text in each for each in shown) or re.fullmatch(r"[a-z_./]+", text) is not None


def texts_of_the_vault(shop: Shop) -> set[str]:
    """Every name, text, id and fingerprint in the database."""
    found = set()
    with shop.vault.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            columns = [
                each for each in table.columns if isinstance(each.type, String) and (each.type.length or 99) > 25
            ]
            for column in columns:
                found |= {text for text in session.scalars(select(column)) if text and len(text) > 4}
    assert len(found) > 100
    return found


def test_other_documents_do_not_exist_for_a_guest(shop: Shop, guest: Browser, case: Case) -> None:
    foreign = make_world(shop.vault).theirs["document_id"]
    for document_id in (case.left_out, case.of_other, foreign, "0" * 26):
        assert guest.get(f"/guest/audit/originals/{document_id}").status_code == 404
    assert [action for action, _ in shop.journal()].count("audit.looked_at") == 0
    decide(shop.vault, shop.actor, shop.account_id, case.audit.id, "invoices", ASKED.asin, case.chosen, is_in=False)
    assert guest.get(f"/guest/audit/originals/{case.chosen}").status_code == 404


def test_a_guest_opens_no_page_of_the_account(shop: Shop, guest: Browser, case: Case) -> None:
    base = f"/a/{shop.account_id}"
    for path in ("/", f"/audits/{case.audit.id}", f"/documents/{case.chosen}/original", "/journal", "/tasks"):
        assert str(guest.get(base + path).location).startswith("/sign-in")


def test_a_guest_reads_the_letters_and_no_name_but_of_who_signs(shop: Shop, guest: Browser, case: Case) -> None:
    page = html.unescape(guest.get("/guest/audit").text)
    assert "We have received your notice" in page
    assert f"Authenticity of the products named in your notice, case {case.audit.case_id}" in page
    with shop.vault.database.reading() as session:
        owner = session.get_one(User, shop.actor.id).name
    assert owner not in page
    place = shop.vault, shop.actor, shop.account_id, case.audit.id
    save_answer(*place, Said(signer=Signer("Maren Holt", "Director")))
    timeline.acknowledge(*place, f"Acknowledged. {owner}")
    page = html.unescape(guest.get("/guest/audit").text)
    assert "Maren Holt, Director" in page
    assert "Acknowledged. […]" in page
    assert page.count("We have received your notice") == 0


def test_a_bundle_is_known_of_and_had_by_those_alone_whose_link_allows_it(
    app: Flask, shop: Shop, guest: Browser, case: Case
) -> None:
    bundle = make_bundle(shop, case.audit.id, b"the whole bundle")
    of_other = make_bundle(shop, confirmed(shop, "Another notice").id, b"another bundle", "other.zip")
    page = guest.get("/guest/audit").text
    assert "audit.zip" in page
    assert "does not open these files" in page
    assert guest.get(f"/guest/audit/originals/{bundle}").status_code == 404
    with_bundles = let_in(app, shop, case, may_have_bundles=True)
    page = with_bundles.get("/guest/audit").text
    assert f"/guest/audit/originals/{bundle}" in page
    assert "without prices" in page
    answer = with_bundles.get(f"/guest/audit/originals/{bundle}")
    assert (answer.status_code, answer.data) == (200, b"the whole bundle")
    assert with_bundles.get(f"/guest/audit/originals/{of_other}").status_code == 404
    journal = sit_down(app, shop.actor.id, shop.account_id).get("/journal?area=audit&actor=guest").text
    assert journal.count(bundle) == 1


def test_bundles_are_gone_at_once_with_the_access(app: Flask, shop: Shop, case: Case, clock: Clock) -> None:
    bundle = make_bundle(shop, case.audit.id, b"the whole bundle")
    shut = let_in(app, shop, case, may_have_bundles=True)
    revoke(shop, case)
    assert shut.get(f"/guest/audit/originals/{bundle}").status_code == 404
    place = shop.vault, shop.actor, shop.account_id, case.audit.id
    link = guests.invite(*place, "Counsel", 1, may_have_bundles=True).link
    clock.advance(timedelta(hours=23, minutes=50))
    late = Browser(app.test_client())
    late.post("/guest", code=link)
    assert late.get(f"/guest/audit/originals/{bundle}").status_code == 200
    clock.advance(timedelta(minutes=10))
    assert late.get(f"/guest/audit/originals/{bundle}").status_code == 404


def let_in(app: Flask, shop: Shop, case: Case, *, may_have_bundles: bool) -> Browser:
    """Another browser, in which a guest was let in."""
    place = shop.vault, shop.actor, shop.account_id, case.audit.id
    link = guests.invite(*place, "Counsel", 7, may_have_bundles=may_have_bundles).link
    browser = Browser(app.test_client())
    assert browser.post("/guest", code=link).status_code == 303
    return browser


def test_each_look_and_each_original_stands_in_the_journal(shop: Shop, guest: Browser, case: Case) -> None:
    for _ in range(3):
        guest.get("/guest/audit")
        guest.get(f"/guest/audit/originals/{case.chosen}")
    desk = sit_down(create_app(vault=shop.vault), shop.actor.id, shop.account_id)
    journal = desk.get("/journal?area=audit&actor=guest").text
    assert journal.count("Looked at by somebody outside") == 2
    assert "Maître Roux" in journal
    assert case.chosen in journal
    assert "Looked last" in desk.get(f"/audits/{case.audit.id}").text


def test_a_cookie_is_worth_nothing_once_access_was_revoked(shop: Shop, guest: Browser, case: Case, link: str) -> None:
    assert guest.get("/guest/audit").status_code == 200
    revoke(shop, case)
    kept = guest.cookie()
    refused = [guest.get(f"/guest/audit/originals/{case.chosen}"), guest.post("/guest", code=link)]
    assert {answer.status_code for answer in refused} == {404}
    assert all("This link opens nothing" in answer.text for answer in refused)
    guest.client.set_cookie("sellervault-8080", kept)
    assert guest.get("/guest/audit").status_code == 302
    assert "goes-in" not in guest.get("/guest/audit", follow_redirects=True).text


def revoke(shop: Shop, case: Case) -> None:
    with shop.vault.database.reading() as session:
        guest_id = session.scalars(select(AuditGuest.id)).one()
    guests.revoke(shop.vault, shop.actor, shop.account_id, case.audit.id, guest_id)


def test_a_session_ends_after_half_a_day_although_the_invitation_goes_on(guest: Browser, clock: Clock) -> None:
    for _ in range(23):
        clock.advance(timedelta(minutes=30))
        assert guest.get("/guest/audit").status_code == 200
    clock.advance(timedelta(minutes=30))
    assert guest.get("/guest/audit").location == "/guest"


def test_a_guest_can_leave(guest: Browser) -> None:
    assert guest.post("/guest/leave", page="/guest/audit").location == "/guest"
    assert guest.get("/guest/audit").location == "/guest"


def test_entering_gives_a_session_with_a_new_id_and_keeps_who_works_here_signed_in(
    app: Flask, shop: Shop, browser: Browser, link: str
) -> None:
    browser.get("/guest")
    before = browser.cookie()
    browser.post("/guest", code=link)
    assert browser.cookie() not in ("", before)
    desk = sit_down(app, shop.actor.id, shop.account_id)
    assert desk.client.post("/guest", data={"csrf_token": desk.token, "code": link}).status_code == 303
    assert desk.client.get("/guest/audit").status_code == 200
    assert desk.get("/documents").status_code == 200


def test_guests_pages_are_kept_by_nobody_and_found_by_no_search(guest: Browser, case: Case) -> None:
    for path in ("/guest", "/guest/audit", f"/guest/audit/originals/{case.chosen}", "/guest/audit/originals/none"):
        headers = guest.get(path).headers
        assert "no-store" in headers["Cache-Control"]
        assert "noindex" in headers["X-Robots-Tag"]


def test_a_manager_invites_on_the_audits_page_sees_the_link_once_and_revokes(
    app: Flask, shop: Shop, case: Case, browser: Browser
) -> None:
    desk = sit_down(app, shop.actor.id, shop.account_id)
    path = f"/audits/{case.audit.id}"
    assert "Who may look from outside" in desk.get(path).text
    made = desk.post(f"{path}/guests", name="Maître Roux", days="7").text
    link = re.search(r'id="link">([^<]+)<', made)
    assert link is not None
    assert link[1] not in desk.get(f"{path}/guests").text
    assert browser.post("/guest", code=link[1]).status_code == 303
    revoked = re.search(rf"{path}(/guests/\w+/revoke)", desk.get(path).text)
    assert revoked is not None
    assert desk.post(path + revoked[1]).status_code == 303
    assert browser.get("/guest/audit").status_code == 404
    assert "Revoked" in desk.get(path).text


def test_a_wrong_invitation_is_shown_again_with_what_was_written(app: Flask, shop: Shop, case: Case) -> None:
    desk = sit_down(app, shop.actor.id, shop.account_id)
    answer = desk.post(f"/audits/{case.audit.id}/guests", name="Maître Roux", days="90")
    assert answer.status_code == 422
    assert "Maître Roux" in answer.text
    assert shop.count(AuditGuest) == 0


def test_what_guests_see_can_be_looked_at_before_and_is_nothing_for_assistants(
    app: Flask, shop: Shop, case: Case
) -> None:
    path = f"/audits/{case.audit.id}"
    preview = sit_down(app, shop.actor.id, shop.account_id).get(f"{path}/guests/preview").text
    assert "goes-in.pdf" in preview
    assert CANARY not in preview
    assistant: Desk = employ(app, shop.account_id, Role.ASSISTANT)
    assert "Who may look from outside" not in assistant.get(path).text
