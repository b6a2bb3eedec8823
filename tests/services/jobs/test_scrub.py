"""The scrub visits everything, names what is damaged, and goes on where it was stopped."""

from datetime import timedelta

from sqlalchemy import select

from tests.clock import Clock
from tests.shop import Shop
from vault.db.entities.documents import Blob
from vault.db.entities.work import Job, TaskState
from vault.domain.findings import Severity
from vault.services.documents.judging import judge_document
from vault.services.jobs import jobs, scrub, upkeep
from vault.services.jobs.jobs import JobKind
from vault.services.jobs.work import perform


def flip_a_bit(shop: Shop, sha256: str) -> None:
    path = shop.vault.settings.home / "store" / "blobs" / sha256[:2] / sha256[2:4] / sha256
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


def last_scrub(shop: Shop) -> Job:
    with shop.vault.database.reading() as session:
        return session.scalars(select(Job).where(Job.kind == JobKind.SCRUB).order_by(Job.id.desc())).first() or Job()


def scrub_now(shop: Shop) -> Job:
    with shop.vault.database.transaction() as session:
        job = jobs.add(session, shop.vault, JobKind.SCRUB, scrub.SUBJECT)
    assert perform(shop.vault, job.id)
    return last_scrub(shop)


def test_everything_is_visited(shop: Shop) -> None:
    for number in range(45):
        shop.keep(b"%%PDF-1.7 number %d" % number)
    report = scrub_now(shop).progress
    assert report["checked"] == shop.count(Blob)
    assert report["damaged"] == 0


def test_one_flipped_bit_becomes_a_critical_task_until_the_file_is_whole_again(shop: Shop) -> None:
    content = b"%PDF-1.7 the only copy"
    document_id = shop.keep(content).document_id
    shop.work()
    flip_a_bit(shop, shop.document(document_id).sha256)
    assert scrub_now(shop).progress["damaged"] == 1
    task = shop.tasks(document_id)[scrub.INTACT]
    assert task.severity == Severity.CRITICAL
    with shop.vault.database.transaction() as session:
        judge_document(session, shop.vault, session.get_one(type(shop.document(document_id)), document_id))
    assert scrub.INTACT in shop.tasks(document_id), "judging the invoice says nothing about its bytes"
    shop.keep(content)
    assert scrub.INTACT in shop.tasks(document_id, TaskState.DONE), "the good copy has taken the damaged one's place"
    assert scrub_now(shop).progress["damaged"] == 0
    assert scrub.INTACT in shop.tasks(document_id, TaskState.DONE)


def test_a_scrub_goes_on_where_it_was_stopped(shop: Shop, clock: Clock) -> None:
    for number in range(45):
        shop.keep(b"%%PDF-1.7 number %d" % number)
    with shop.vault.database.transaction() as session:
        job = jobs.add(session, shop.vault, JobKind.SCRUB, scrub.SUBJECT)
    lease = jobs.claim(shop.vault, job.id)
    assert lease
    with jobs.step(shop.vault, lease, {"after": "8", "checked": 20, "damaged": 0}):
        pass
    clock.advance(timedelta(minutes=5))
    assert perform(shop.vault, job.id)
    with shop.vault.database.reading() as session:
        rest = len(session.scalars(select(Blob.sha256).where(Blob.sha256 > "8")).all())
    assert last_scrub(shop).progress["checked"] == 20 + rest


def test_a_scrub_begins_once_a_week(shop: Shop, clock: Clock) -> None:
    assert upkeep.begin_scrub(shop.vault) == 1
    assert upkeep.begin_scrub(shop.vault) == 0
    clock.advance(timedelta(days=7, seconds=1))
    assert upkeep.begin_scrub(shop.vault) == 1


def test_rows_of_old_jobs_are_forgotten(shop: Shop, clock: Clock) -> None:
    scrub_now(shop)
    before = shop.count(Job)
    assert upkeep.forget_old_jobs(shop.vault) == 0
    clock.advance(timedelta(days=31))
    assert upkeep.forget_old_jobs(shop.vault) == before
