"""The files of a report are made once, by a worker, and kept as documents: the data in the PDF, nobody else's in any."""

import io
import json
from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest
from pypdf import PdfReader

from tests.clock import Clock
from tests.shop import Shop
from vault.composing.composer import Composer
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.documents import Document
from vault.db.entities.links import Link
from vault.db.entities.people import User
from vault.db.entities.reports import Report, ReportFile, ReportStage
from vault.db.entities.work import Job, JobState
from vault.domain.errors import Damaged, NotFound
from vault.domain.ids import new_id
from vault.domain.papers import PaperKind
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.documents.retention import retention_ends
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind
from vault.services.journal.notes import Note, record
from vault.services.reports import kept, reports, signing

OCTOBER = date(2026, 10, 1)
MADE, SIGNED = ReportStage.MADE, ReportStage.SIGNED


@pytest.fixture(autouse=True)
def _after_october(clock: Clock) -> None:
    clock.advance(timedelta(days=3))


def made(shop: Shop) -> Report:
    """The report of October, whose files are kept."""
    report = reports.make(shop.vault, shop.actor, shop.account_id, OCTOBER).report
    shop.work()
    return report


def shown(shop: Shop, report: Report) -> kept.ShownReport:
    return kept.show(shop.vault, shop.actor, shop.account_id, report.id)


def content(shop: Shop, report: Report, format_: str) -> bytes:
    original = kept.open_file(shop.vault, shop.actor, shop.account_id, report.id, format_)
    assert original is not None
    return b"".join(original.chunks)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))


def test_each_file_is_a_document_of_the_vault_under_retention(shop: Shop) -> None:
    files = shown(shop, made(shop)).files[MADE]
    assert set(files) == {"pdf", "csv", "json"}
    for format_, document in files.items():
        assert (document.paper_kind, document.state) == (PaperKind.MONTHLY_REPORT, "kept")
        assert document.filename == f"compliance-report-2026-10-revision-1.{format_}"
    with shop.vault.database.reading() as session:
        ends = retention_ends(session, shop.vault, [document.sha256 for document in files.values()])
    assert set(ends.values()) == {datetime(2037, 1, 1, tzinfo=UTC)}


def test_there_is_nothing_to_hand_out_before_a_worker_has_made_it(shop: Shop) -> None:
    report = reports.make(shop.vault, shop.actor, shop.account_id, OCTOBER).report
    assert kept.open_file(shop.vault, shop.actor, shop.account_id, report.id, "pdf") is None
    assert shown(shop, report).is_making
    shop.work()
    assert not shown(shop, report).is_making
    assert content(shop, report, "pdf").startswith(b"%PDF-1.7")


def test_the_pdf_is_archival_and_holds_table_and_data_as_they_are_kept(shop: Shop) -> None:
    report = made(shop)
    pdf = content(shop, report, "pdf")
    reader = PdfReader(io.BytesIO(pdf))
    assert {name: parts[0] for name, parts in reader.attachments.items()} == {
        "compliance-report-2026-10-revision-1.csv": content(shop, report, "csv"),
        "compliance-report-2026-10-revision-1.json": content(shop, report, "json"),
    }
    assert len(reader.root_object["/OutputIntents"]) == 1  # type: ignore[arg-type]
    assert b"<pdfaid:part>3</pdfaid:part>" in reader.root_object["/Metadata"].get_object().get_data()  # type: ignore[union-attr]
    with Composer(allow_unsandboxed=shop.vault.settings.allow_unsandboxed) as composer:
        assert composer.check(pdf) == ()


def test_they_are_made_in_the_vaults_own_room_which_is_empty_afterwards(shop: Shop) -> None:
    made(shop)
    assert list((shop.vault.settings.home / "work").iterdir()) == []


def test_running_the_job_again_makes_no_further_files(shop: Shop) -> None:
    report = made(shop)
    before, pdf = shop.count(Document), content(shop, report, "pdf")
    with shop.vault.database.transaction() as session:
        jobs.add(session, shop.vault, JobKind.KEEP_REPORT, report.id, shop.account_id)
    assert shop.work() == 1
    assert (shop.count(Document), shop.count(ReportFile)) == (before, 3)
    assert content(shop, report, "pdf") == pdf


def test_a_signed_report_has_further_files_with_the_signature_and_the_first_ones_stay(shop: Shop) -> None:
    report = made(shop)
    first = shown(shop, report).files[MADE]
    signing.sign(shop.vault, shop.actor, shop.account_id, report.id, "Read with the accountant")
    shop.work()
    files = shown(shop, report).files
    assert {name: each.sha256 for name, each in files[MADE].items()} == {n: each.sha256 for n, each in first.items()}
    assert files[SIGNED]["pdf"].filename == "compliance-report-2026-10-revision-1-signed.pdf"
    text = text_of(content(shop, report, "pdf"))
    assert "Signed by Ada Marchand" in text
    assert "Read with the accountant" in text


def test_the_signature_in_a_file_names_its_entry_in_the_journal(shop: Shop) -> None:
    report = made(shop)
    signing.sign(shop.vault, shop.actor, shop.account_id, report.id)
    shop.work()
    signature = shown(shop, report).signature
    assert signature is not None
    told = json.loads(content(shop, report, "json"))["signed"]
    assert told["journal"] == {"seq": signature.seq, "hash": signature.entry}
    assert shop.journal()[signature.seq - 1] == ("monthly_report.signed", report.id)


def test_no_file_tells_of_another_seller_account_also_where_its_reader_sees_both(shop: Shop) -> None:
    other_id = new_id()
    low, high = sorted((shop.account_id, other_id))
    with shop.vault.database.transaction() as session:
        other = SellerAccount(id=other_id, name="Hidden Harbour", legal_name="Hidden SARL", marketplaces=[])
        other.created_at = shop.vault.clock()
        session.add(other)
        session.flush()
        link = Link(id=new_id(), low_id=low, high_id=high, low_account_id=low, high_account_id=high, score=77)
        link.contributions, link.scored_at = [], shop.vault.clock()
        session.add(link)
        session.flush()
        record(session, shop.vault, [Note("link.scored", link.id, "x")])
    report = made(shop)
    both = Actor(shop.actor.id, "Ada", {shop.account_id: Role.OWNER, other_id: Role.OWNER})
    opened = kept.show(shop.vault, both, shop.account_id, report.id).opened
    assert [row["with"] for row in opened.figures["made"]["across"]] == ["Hidden Harbour"]
    for format_ in ("pdf", "csv", "json"):
        said = content(shop, report, format_)
        said = text_of(said).encode() if format_ == "pdf" else said
        for secret in ("Hidden Harbour", other_id, link.id):
            assert secret.encode() not in said


def test_files_are_written_in_the_language_of_the_account_s_first_owner(shop: Shop) -> None:
    with shop.vault.database.transaction() as session:
        session.get_one(User, shop.actor.id).language = "de"
        session.flush()
        record(session, shop.vault, [Note("user.profile_changed", shop.actor.id, shop.actor.id)])
    assert "Oktober 2026" in text_of(content(shop, made(shop), "pdf"))


def test_files_of_reports_are_no_papers_that_came_in_and_make_no_revision(shop: Shop, clock: Clock) -> None:
    november = date(2026, 11, 1)
    made(shop)
    first = reports.make(shop.vault, shop.actor, shop.account_id, november)
    shop.work()
    again = reports.make(shop.vault, shop.actor, shop.account_id, november)
    assert first.report.figures["happened"]["invoices"]["other_papers"] == 0
    assert (again.is_new, again.report.id) == (False, first.report.id)


def test_bytes_that_are_no_longer_those_that_were_kept_are_not_handed_out(shop: Shop) -> None:
    report = made(shop)
    sha256 = shown(shop, report).files[MADE]["json"].sha256
    (path,) = [each for each in shop.vault.settings.home.rglob(f"*{sha256[4:]}*") if each.is_file()]
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"2026-10", b"2026-09"))
    with pytest.raises(Damaged):
        kept.open_file(shop.vault, shop.actor, shop.account_id, report.id, "json")


def test_files_of_a_foreign_report_are_not_there(shop: Shop) -> None:
    report = made(shop)
    with pytest.raises(NotFound):
        kept.open_file(shop.vault, Actor("b" * 26, "B"), shop.account_id, report.id, "pdf")
    with pytest.raises(NotFound):
        kept.open_file(shop.vault, shop.actor, shop.account_id, report.id, "exe")


def test_a_worker_that_came_too_late_keeps_nothing(shop: Shop, clock: Clock) -> None:
    report = reports.make(shop.vault, shop.actor, shop.account_id, OCTOBER).report
    (job_id,) = shop.due_jobs()
    slow = jobs.claim(shop.vault, job_id)
    assert slow is not None
    clock.advance(timedelta(hours=1))
    shop.work()
    with shop.vault.database.transaction() as session:
        job = session.get_one(Job, job_id)
        job.state, job.run_after = JobState.WAITING, clock()
    shop.work()
    with pytest.raises(jobs.LeaseLost):
        jobs.extend(shop.vault, slow)
    assert shop.count(ReportFile) == 3
    assert set(shown(shop, report).files) == {MADE}
