"""A bundle is what the person saw who asked for it, however late and however often it is made."""

import json

import pytest
from sqlalchemy import select

from tests.seller import sell
from tests.services.audits.test_evidence import PRODUCT, audit_of, keep
from tests.services.bundles.bundle_things import ask, content, latest, make, opened, payload, text_of
from tests.shop import Shop
from vault.db.entities.accounts import Supplier
from vault.db.entities.audits import Audit, AuditBundle
from vault.db.entities.documents import Blob
from vault.db.entities.work import Job, JobState
from vault.domain.errors import Conflict
from vault.letters.facts import LetterKind
from vault.services.audits.choosing import decide
from vault.services.audits.touching import touch
from vault.services.bundles import making
from vault.services.bundles.briefs import dump_brief, load_brief
from vault.services.bundles.bundles import try_again
from vault.services.documents.corrections import correct
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind
from vault.services.jobs.work import perform
from vault.services.letters.editing import edit_letter


def job_of(shop: Shop, bundle_id: str) -> str:
    with shop.vault.database.reading() as session:
        return session.scalars(select(Job.id).where(Job.subject_id == bundle_id).order_by(Job.id.desc())).first() or ""


def change_everything(shop: Shop, audit: Audit, document_id: str) -> None:
    """What a bundle reads is different afterwards."""
    edit_letter(shop.vault, shop.actor, shop.account_id, audit.id, LetterKind.ANSWER, "en", "Another letter")
    decide(shop.vault, shop.actor, shop.account_id, audit.id, "invoices", PRODUCT.asin, document_id, is_in=False)
    correct(shop.vault, shop.actor, document_id, "number", "OTHER-1")
    correct(shop.vault, shop.actor, document_id, "lines.0.quantity", "1")
    with shop.vault.database.transaction() as session:
        for supplier in session.scalars(select(Supplier)):
            supplier.phone = "+33 1 99 99 99 99"
    sell(shop, PRODUCT.asin, 77)


def test_what_changes_after_it_was_asked_for_is_not_in_it(shop: Shop) -> None:
    document_id = keep(shop)
    sell(shop, PRODUCT.asin, 3)
    audit = audit_of(shop)
    edit_letter(shop.vault, shop.actor, shop.account_id, audit.id, LetterKind.ANSWER, "en", "The letter of then")
    before = make(shop, audit)
    bundle_id = ask(shop, audit)
    change_everything(shop, audit, document_id)
    assert perform(shop.vault, job_of(shop, bundle_id))
    made = latest(shop, audit)
    assert made.bundle.contents == before.bundle.contents
    files = payload(opened(shop, made))
    assert files["letter.txt"] == b"The letter of then\n"
    assert "99 99 99" not in text_of(files["suppliers.pdf"])


def test_what_was_fixed_is_read_back_whole(shop: Shop) -> None:
    keep(shop)
    sell(shop, PRODUCT.asin, 3)
    bundle_id = ask(shop, audit_of(shop), channel="appeal", contact="Maren Holt")
    with shop.vault.database.reading() as session:
        stored = session.get_one(AuditBundle, bundle_id).brief
    assert stored is not None
    brief = load_brief(stored)
    assert load_brief(json.loads(json.dumps(dump_brief(brief)))) == brief
    assert brief.contents.products[0].sales is not None
    assert brief.options.contact == "Maren Holt"
    assert brief.channel == shop.vault.rules.channels["appeal"]


def test_while_invoices_are_looked_through_nobody_can_ask_and_the_words_say_why(shop: Shop) -> None:
    document_id = keep(shop)
    audit = audit_of(shop)
    with shop.vault.database.transaction() as session:
        touch(session, shop.vault, shop.document(document_id))
    with pytest.raises(Conflict, match="Wait until that is done"):
        ask(shop, audit)
    shop.work()
    assert ask(shop, audit)


def test_where_the_looking_through_was_given_up_the_words_say_how_it_begins_again(shop: Shop) -> None:
    keep(shop)
    audit = audit_of(shop)
    with shop.vault.database.transaction() as session:
        session.get_one(Audit, audit.id).gathered_at = None
    with pytest.raises(Conflict, match="Confirm once more"):
        ask(shop, audit)


def test_looking_through_again_without_any_change_writes_nothing(shop: Shop) -> None:
    keep(shop)
    audit = audit_of(shop)
    before = shop.journal()
    with shop.vault.database.transaction() as session:
        jobs.add(session, shop.vault, JobKind.GATHER_AUDIT, audit.id, shop.account_id)
    assert shop.work() == 1
    assert shop.journal() == before


def test_an_attempt_that_comes_too_late_leaves_no_other_bytes_behind(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second attempt begins while the first is packing; both end up with the same object in the store."""
    keep(shop)
    audit = audit_of(shop)
    bundle_id = ask(shop, audit)
    job_id, packing = job_of(shop, bundle_id), making.pack

    def overtaken(*arguments: object) -> object:
        monkeypatch.setattr(making, "pack", packing)
        with shop.vault.database.transaction() as session:
            job = session.get_one(Job, job_id)
            job.state, job.lease_until = JobState.WAITING, None
            job.run_after = shop.vault.clock()
        assert perform(shop.vault, job_id), "the second attempt makes it"
        return packing(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "pack", overtaken)
    before = blobs_in_store(shop)
    assert not perform(shop.vault, job_id), "the first attempt finds that it is too late"
    made = latest(shop, audit)
    assert len(made.files) == 1
    assert blobs_in_store(shop) - before == {made.files[0].sha256}
    assert shop.count(Blob) == len(blobs_in_store(shop))


def blobs_in_store(shop: Shop) -> set[str]:
    return {str(each) for each in shop.vault.store.ids()}


def test_of_an_original_that_is_gone_it_is_said_that_it_is_missing(shop: Shop) -> None:
    sha256 = shop.document(keep(shop)).sha256
    audit = audit_of(shop)
    ask(shop, audit)
    (stored,) = (path for path in shop.vault.settings.home.rglob("*") if path.is_file() and path.name == sha256)
    stored.unlink()
    shop.work()
    assert "is missing" in str(latest(shop, audit).problem)


def test_what_was_given_up_says_why_and_can_be_tried_again(shop: Shop) -> None:
    sha256 = shop.document(keep(shop)).sha256
    audit = audit_of(shop)
    bundle_id = ask(shop, audit)
    (stored,) = (path for path in shop.vault.settings.home.rglob("*") if path.is_file() and path.name == sha256)
    whole = stored.read_bytes()
    stored.chmod(0o600)
    stored.write_bytes(whole[:-1] + b"?")
    shop.work()
    made = latest(shop, audit)
    assert made.is_failed
    assert "is damaged" in str(made.problem)
    stored.write_bytes(whole)
    try_again(shop.vault, shop.actor, shop.account_id, audit.id, bundle_id)
    assert latest(shop, audit).is_running
    with pytest.raises(Conflict):
        try_again(shop.vault, shop.actor, shop.account_id, audit.id, bundle_id)
    shop.work()
    made = latest(shop, audit)
    assert made.problem is None
    assert content(shop, made.files[0])
    assert ("audit.bundle_tried_again", audit.id) in shop.journal()
    assert ("audit.bundle_refused", audit.id) in shop.journal()


def test_an_attempt_that_nobody_foresaw_is_told_in_plain_words(shop: Shop) -> None:
    keep(shop)
    audit = audit_of(shop)
    bundle_id = ask(shop, audit)
    with shop.vault.database.transaction() as session:
        job = session.get_one(Job, job_of(shop, bundle_id))
        job.state, job.error = JobState.FAILED, "KeyError: 'x'"
    made = latest(shop, audit)
    assert made.is_failed
    assert "nobody foresaw" in str(made.problem)
    assert "KeyError" not in str(made.problem)
