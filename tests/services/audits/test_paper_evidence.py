"""Papers as evidence: what has expired, what nobody knows the last day of and what cannot be read is never a pass."""

from datetime import date, timedelta

import pytest

from tests.paperwork import upload
from tests.services.audits.test_evidence import audit_of, judge_again, keep, open_tasks, section
from tests.shop import Shop
from vault.db.entities.audits import Audit
from vault.db.entities.work import Task
from vault.domain.audits import AuditKind
from vault.domain.papers import PaperKind
from vault.domain.security import Control
from vault.services.audits.choosing import decide
from vault.services.days import today
from vault.services.documents.papers import Description, describe
from vault.services.security.control_records import attest
from vault.services.security.control_statements import Statement


def said(shop: Shop, document_id: str, **what: object) -> None:
    describe(shop.vault, shop.actor, document_id, Description(**what))  # type: ignore[arg-type]
    shop.work()


def identity(shop: Shop, **what: object) -> str:
    """An identity paper of which a person has said this, if anything."""
    document_id = upload(shop, kind=PaperKind.IDENTITY_PAPER, filename="identity.pdf")
    if what:
        said(shop, document_id, **what)
    return document_id


def frozen(shop: Shop) -> Audit:
    """An audit that needs identity papers."""
    return audit_of(shop, (), AuditKind.COMPROMISED)


def put_in(shop: Shop, audit: Audit, part: str, document_id: str) -> None:
    decide(shop.vault, shop.actor, shop.account_id, audit.id, part, "", document_id, is_in=True)


def gaps(shop: Shop, audit: Audit) -> dict[str, Task]:
    return {key.removeprefix("audit.evidence "): task for key, task in open_tasks(shop, audit).items()}


def test_a_paper_that_is_known_to_be_valid_is_proposed_and_is_no_gap(shop: Shop) -> None:
    paper = identity(shop, valid_until=today(shop.vault) + timedelta(days=300))
    audit = frozen(shop)
    assert [each.document.id for each in section(shop, audit, "identity", "").chosen] == [paper]
    assert "identity" not in gaps(shop, audit)


def test_a_paper_that_never_expires_is_proposed_too(shop: Shop) -> None:
    paper = identity(shop, never_expires=True)
    assert [each.document.id for each in section(shop, frozen(shop), "identity", "").chosen] == [paper]


@pytest.mark.parametrize("has_expired", [True, False])
def test_a_paper_that_has_expired_or_whose_last_day_nobody_knows_is_not_proposed_and_the_task_names_it(
    shop: Shop, has_expired: bool
) -> None:
    paper = identity(shop, **({"valid_until": today(shop.vault) - timedelta(days=1)} if has_expired else {}))
    audit = frozen(shop)
    found = section(shop, audit, "identity", "")
    assert [(each.document.id, each.is_in) for each in found.candidates] == [(paper, False)]
    assert found.candidates[0].proposal.gaps[0].check == "paper.expiry"
    task = gaps(shop, audit)["identity"]
    assert task.outcome == "fail"
    assert task.advice["params"]["name"] == "identity.pdf"


def test_an_expired_paper_that_a_person_puts_in_is_a_failure_until_its_new_last_day_is_entered(shop: Shop) -> None:
    day = today(shop.vault) - timedelta(days=1)
    paper = identity(shop, valid_until=day)
    audit = frozen(shop)
    put_in(shop, audit, "identity", paper)
    task = gaps(shop, audit)[paper]
    assert task.outcome == "fail"
    assert task.title["params"] == {"name": "identity.pdf", "expired_on": day.isoformat()}
    assert "identity" not in gaps(shop, audit)  # one gap, one task
    said(shop, paper, valid_until=today(shop.vault) + timedelta(days=300))
    judge_again(shop)
    assert paper not in gaps(shop, audit)


def test_a_paper_whose_last_day_nobody_knows_is_a_question(shop: Shop) -> None:
    paper = identity(shop)
    audit = frozen(shop)
    put_in(shop, audit, "identity", paper)
    assert gaps(shop, audit)[paper].outcome == "unknown"


def test_a_paper_expires_by_itself_while_the_audit_goes_on(shop: Shop) -> None:
    paper = identity(shop, valid_until=today(shop.vault) + timedelta(days=300))
    audit = frozen(shop)
    put_in(shop, audit, "identity", paper)
    assert paper not in gaps(shop, audit)
    shop.vault.clock.advance(timedelta(days=301))  # type: ignore[attr-defined]
    judge_again(shop)
    assert gaps(shop, audit)[paper].outcome == "fail"


def test_an_expired_paper_of_a_part_that_is_not_needed_is_a_gap_as_well(shop: Shop) -> None:
    keep(shop)
    audit = audit_of(shop)
    paper = upload(shop, kind=PaperKind.CERTIFICATE_OF_CONFORMITY, filename="certificate.pdf")
    said(shop, paper, valid_until=today(shop.vault) - timedelta(days=1))
    asin = section(shop, audit).asin
    decide(shop.vault, shop.actor, shop.account_id, audit.id, "safety", asin, paper, is_in=True)
    assert gaps(shop, audit)[paper].outcome == "fail"


def test_a_last_day_that_is_entered_as_a_security_duty_counts_here_too(shop: Shop) -> None:
    paper = identity(shop)
    audit = frozen(shop)
    put_in(shop, audit, "identity", paper)
    _attest(shop, paper, today(shop.vault))
    judge_again(shop)
    assert paper not in gaps(shop, audit)
    shop.vault.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]
    judge_again(shop)
    assert gaps(shop, audit)[paper].outcome == "fail"


def test_a_paper_that_could_not_be_read_is_a_question(shop: Shop) -> None:
    paper = upload(shop, b"%PDF-1.4 nothing", PaperKind.COMPANY_PAPER, "company.pdf")
    said(shop, paper, never_expires=True)
    audit = frozen(shop)
    assert section(shop, audit, "company", "").chosen == ()
    put_in(shop, audit, "company", paper)
    task = gaps(shop, audit)[paper]
    assert (task.outcome, task.finding["why"]["doubt"]) == ("unknown", "unread")


def test_a_document_of_another_kind_than_the_part_asks_for_proves_nothing(shop: Shop) -> None:
    invoice = keep(shop)
    audit = frozen(shop)
    put_in(shop, audit, "identity", invoice)
    task = gaps(shop, audit)[invoice]
    assert (task.outcome, task.finding["why"]["doubt"]) == ("unknown", "other_kind")


def _attest(shop: Shop, paper: str, last_day: date) -> None:
    details = {"kind": "identity", "holder": "Ada", "expires_on": last_day.isoformat()}
    said_now = Statement(Control.PAPER, today(shop.vault), details=details, document_id=paper)
    attest(shop.vault, shop.actor, shop.account_id, said_now)
