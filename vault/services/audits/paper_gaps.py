"""What speaks against a paper as evidence today: it has expired, nobody knows until when it counts, it cannot be read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks.answer import Answer
from vault.checks.paper.facts import PaperFacts
from vault.checks.registry import PAPER_CHECKS
from vault.db.entities.documents import Document, DocumentState, Judgement, StoredFinding
from vault.db.entities.links import LinkExplanation
from vault.db.entities.papers import Paper
from vault.db.queries.among import among
from vault.domain.findings import Finding, Outcome
from vault.domain.message import N_, Message
from vault.domain.security import Control
from vault.services.days import today
from vault.services.documents.judging import PAPER_PROFILE
from vault.services.findings import load_finding
from vault.services.security.control_history import latest
from vault.services.vault import Vault

_EXPIRY = "paper.expiry"
_READABLE = "document.readable"

Gaps = Mapping[str, tuple[Finding, ...]]


def paper_gaps(session: Session, vault: Vault, documents: Collection[Document]) -> Gaps:
    """By document, of papers that are no supplier invoices. Those against which nothing speaks are left out.

    How well it can be read was judged when it was read; its last day is looked at now, also where it is entered as a
    security duty or in the explanation of a link.
    """
    papers = [each for each in documents if not each.is_invoice]
    ids = [each.id for each in papers]
    said = {each.document_id: each for each in session.scalars(select(Paper).where(among(Paper.document_id, ids)))}
    elsewhere = _last_days_elsewhere(session, papers)
    found = _as_judged(session, ids)
    for each in papers:
        if each.state == DocumentState.KEPT:
            found[each.id].append(_unread(vault))
        found[each.id] += _expiry(vault, each, said.get(each.id), elsewhere.get(each.id))
    return {key: tuple(gaps) for key, gaps in found.items() if gaps}


def _as_judged(session: Session, ids: list[str]) -> defaultdict[str, list[Finding]]:
    wanted = (
        select(Judgement.document_id, StoredFinding.payload)
        .join(StoredFinding, StoredFinding.judgement_id == Judgement.id)
        .where(
            among(Judgement.document_id, ids),
            Judgement.profile == PAPER_PROFILE,
            StoredFinding.check_id != _EXPIRY,
            StoredFinding.outcome.in_((Outcome.FAIL, Outcome.UNKNOWN, Outcome.WARN)),
        )
        .order_by(Judgement.document_id, StoredFinding.position)
    )
    found = defaultdict(list)
    for document_id, payload in session.execute(wanted):
        found[document_id].append(load_finding(payload))
    return found


def _expiry(vault: Vault, document: Document, said: Paper | None, elsewhere: date | None) -> Iterable[Finding]:
    profile = vault.rules.profiles[PAPER_PROFILE]
    facts = PaperFacts(
        today=today(vault),
        pages=(),
        expires=vault.rules.papers[document.paper].expires,
        valid_until=said.valid_until if said and said.valid_until else elsewhere,
        never_expires=bool(said and said.never_expires),
    )
    for rule in profile.rules:
        if rule.check == _EXPIRY:
            yield from (each for each in PAPER_CHECKS[_EXPIRY](facts, Answer(rule, profile.label)) if each.is_gap)


def _last_days_elsewhere(session: Session, papers: Collection[Document]) -> Mapping[str, date]:
    """Last days that are entered where a paper serves as a proof, by document."""
    wanted = select(LinkExplanation.document_id, LinkExplanation.valid_until).where(
        among(LinkExplanation.document_id, [each.id for each in papers]),
        LinkExplanation.withdrawn_at.is_(None),
        LinkExplanation.valid_until.is_not(None),
    )
    rows = session.execute(wanted.order_by(LinkExplanation.id))
    found = {document_id: day for document_id, day in rows if document_id and day}
    for account_id in sorted({each.account_id for each in papers}):
        found |= _attested(session, account_id)
    return found


def _attested(session: Session, account_id: str) -> dict[str, date]:
    """The last days of scans that count among the security duties; `date.max` where it is said to have none."""
    found = {}
    for (control, _), row in latest(session, account_id).items():
        if control == Control.PAPER and row.document_id and "retired" not in row.details:
            if row.details.get("never_expires") == "yes":
                found[row.document_id] = date.max
            elif row.details.get("expires_on"):
                found[row.document_id] = date.fromisoformat(row.details["expires_on"])
    return found


def _unread(vault: Vault) -> Finding:
    return Finding(
        check=_READABLE,
        outcome=Outcome.UNKNOWN,
        message=Message(N_("It has not been read yet.")),
        rule=vault.rules.profiles[PAPER_PROFILE].label,
        advice=Message(N_("Wait until it is read, then look at it again.")),
    )
