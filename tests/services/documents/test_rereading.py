"""What an older reader has read is read again by itself."""

from datetime import timedelta

from sqlalchemy import func, select

from tests.clock import Clock
from tests.shop import Shop
from vault.db.entities.documents import StoredReading
from vault.db.entities.work import Job, JobState
from vault.journal.table import entries
from vault.services.documents.rereading import read_outdated
from vault.services.jobs.jobs import JobKind
from vault.services.journal.notes import MACHINE


def attempts(shop: Shop, document_id: str) -> int:
    with shop.vault.database.reading() as session:
        wanted = select(func.count()).where(StoredReading.document_id == document_id)
        return session.scalar(wanted) or 0


def read_by_an_older_one(shop: Shop, seed: int = 1) -> str:
    document_id = shop.keep_invoice(shop.invoice(seed))
    with shop.vault.database.transaction() as session:
        row = session.scalars(select(StoredReading).where(StoredReading.document_id == document_id)).one()
        row.reader = "1"
    return document_id


def test_what_an_older_reader_has_read_is_read_again_once(shop: Shop, clock: Clock) -> None:
    document_id = read_by_an_older_one(shop)
    clock.advance(timedelta(minutes=1))
    assert read_outdated(shop.vault) == 1
    shop.work()
    assert attempts(shop, document_id) == 2
    clock.advance(timedelta(minutes=1))
    assert read_outdated(shop.vault) == 0


def test_the_journal_says_that_the_machine_did_it(shop: Shop, clock: Clock) -> None:
    document_id = read_by_an_older_one(shop)
    clock.advance(timedelta(minutes=1))
    read_outdated(shop.vault)
    with shop.vault.database.reading() as session:
        wanted = select(entries.c.subject, entries.c.actor).where(entries.c.action == "document.read_again")
        assert session.execute(wanted).all() == [(document_id, MACHINE)]


def test_what_this_reader_has_read_is_left_alone(shop: Shop, clock: Clock) -> None:
    shop.keep_invoice(shop.invoice())
    clock.advance(timedelta(minutes=1))
    assert read_outdated(shop.vault) == 0


def test_uploads_come_first(shop: Shop, clock: Clock) -> None:
    read_by_an_older_one(shop)
    clock.advance(timedelta(minutes=1))
    shop.keep(b"%PDF-1.7 not much of a document")
    assert read_outdated(shop.vault) == 0
    shop.work()
    assert read_outdated(shop.vault) == 1


def test_what_cannot_be_read_any_more_is_tried_once(shop: Shop, clock: Clock) -> None:
    document_id = read_by_an_older_one(shop)
    clock.advance(timedelta(minutes=1))
    assert read_outdated(shop.vault) == 1
    with shop.vault.database.transaction() as session:
        wanted = select(Job).where(Job.subject_id == document_id, Job.state == JobState.WAITING)
        session.scalars(wanted.where(Job.kind == JobKind.READ_DOCUMENT)).one().state = JobState.FAILED
    clock.advance(timedelta(minutes=1))
    assert read_outdated(shop.vault) == 0
    assert attempts(shop, document_id) == 1
