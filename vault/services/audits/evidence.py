"""The evidence of an audit, part by part: what goes into the bundle, by proposal or by decision, and what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks.audit.facts import Need
from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.audits import Audit, AuditEvidence, AuditProduct
from vault.db.entities.documents import Document
from vault.domain.audits import AuditKind
from vault.domain.findings import Finding, Outcome
from vault.domain.message import N_, Message
from vault.domain.papers import PaperKind
from vault.rules.evidence import EvidenceList, EvidencePart
from vault.services.audits.needs import Invoices, needs_of
from vault.services.audits.proposals import (
    Proposal,
    by_hand,
    invoices_by_asin,
    papers_by_asin,
    papers_of_business,
)
from vault.services.vault import Vault

# What is found where a document is put into a part that asks for another kind.
MISPLACED = "audit.evidence"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that could be evidence. `is_in`: it goes into the bundle.

    `decision` is the person's who said so; None while it is the machine that proposes it or leaves it out.
    """

    proposal: Proposal
    is_in: bool
    decision: AuditEvidence | None = None

    @property
    def document(self) -> Document:
        return self.proposal.document


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the evidence, of one product where each needs its own. `need`: of invoices, how many units."""

    part: EvidencePart
    asin: str
    title: str
    candidates: tuple[Candidate, ...]
    need: Need | None = None

    @property
    def chosen(self) -> tuple[Candidate, ...]:
        return tuple(each for each in self.candidates if each.is_in)

    @property
    def is_of_invoices(self) -> bool:
        return PaperKind.SUPPLIER_INVOICE in self.part.papers

    @property
    def is_missing(self) -> bool:
        return self.part.required and not self.chosen


def sections_of(session: Session, vault: Vault, audit: Audit) -> tuple[Section, ...]:
    """Every part of the evidence, in the rule book's order; none before the notice is confirmed."""
    if audit.confirmed_at is None:
        return ()
    asked = vault.rules.audits[AuditKind(audit.kind)]
    titles, proposals = titles_of(session, audit), _propose(session, vault, audit)
    decisions = _decisions(session, audit)
    picked = by_hand(session, vault, audit, {key.document_id for key in decisions})
    sections = []
    for part in asked.parts:
        for asin in titles if part.is_per_product else ("",):
            mine = {
                key.document_id: each for key, each in decisions.items() if (key.part, key.asin) == (part.name, asin)
            }
            found = {each.document.id: each for each in proposals.of(part, asin)}
            candidates = [_candidate(each, mine.get(key)) for key, each in found.items()]
            others = {key: each for key, each in mine.items() if key not in found}
            candidates += [_candidate(_placed(vault, picked[key], part), each) for key, each in others.items()]
            sections.append(Section(part, asin, titles.get(asin, ""), tuple(candidates)))
    return _with_needs(session, audit, asked, sections)


def titles_of(session: Session, audit: Audit) -> dict[str, str]:
    """What the products of the notice are called, by ASIN; empty for those that the catalogue does not know."""
    wanted = (
        select(AuditProduct.asin, CatalogueProduct.title)
        .outerjoin(CatalogueProduct, CatalogueProduct.id == AuditProduct.product_id)
        .where(AuditProduct.audit_id == audit.id)
        .order_by(AuditProduct.asin)
    )
    return {asin: title or "" for asin, title in session.execute(wanted)}


class _Key(NamedTuple):
    part: str
    asin: str
    document_id: str


@dataclass(frozen=True, slots=True)
class _Proposed:
    """What there is to propose, looked up once for all parts."""

    invoices: Mapping[str, list[Proposal]]
    papers: Mapping[str, list[Proposal]]
    of_business: list[Proposal]

    def of(self, part: EvidencePart, asin: str) -> Iterable[Proposal]:
        if PaperKind.SUPPLIER_INVOICE in part.papers:
            return self.invoices.get(asin, ())
        about = self.papers.get(asin, ()) if asin else (each for group in self.papers.values() for each in group)
        return (each for each in (*about, *self.of_business) if each.document.paper in part.papers)


def _propose(session: Session, vault: Vault, audit: Audit) -> _Proposed:
    rows = session.scalars(select(AuditProduct).where(AuditProduct.audit_id == audit.id)).all()
    products = {row.asin: row.product_id for row in rows if row.product_id}
    return _Proposed(
        invoices_by_asin(session, audit, vault.rules.audits[AuditKind(audit.kind)]),
        papers_by_asin(session, vault, audit, products),
        papers_of_business(session, vault, audit.account_id),
    )


def _decisions(session: Session, audit: Audit) -> dict[_Key, AuditEvidence]:
    wanted = select(AuditEvidence).where(AuditEvidence.audit_id == audit.id).order_by(AuditEvidence.id)
    return {_Key(each.part, each.asin, each.document_id): each for each in session.scalars(wanted)}


def _candidate(proposal: Proposal, decision: AuditEvidence | None) -> Candidate:
    return Candidate(proposal, proposal.is_fit if decision is None else decision.is_in, decision)


def _placed(vault: Vault, proposal: Proposal, part: EvidencePart) -> Proposal:
    """A document that a person picked for a part that asks for something else speaks against itself."""
    if proposal.document.paper in part.papers:
        return proposal
    gap = Finding(
        check=MISPLACED,
        outcome=Outcome.UNKNOWN,
        message=Message(N_("It is kept as another kind of document than this part asks for.")),
        rule=vault.rules.profiles["audit"].label,
        advice=Message(N_("Open it and say what it is, or take another document.")),
    )
    return replace(proposal, is_fit=False, gaps=(gap, *proposal.gaps))


def _with_needs(session: Session, audit: Audit, asked: EvidenceList, sections: list[Section]) -> tuple[Section, ...]:
    of_invoices = {each.asin: each for each in sections if each.is_of_invoices and each.asin}
    shown = {
        asin: Invoices([each.proposal for each in section.chosen], [each.proposal for each in section.candidates])
        for asin, section in of_invoices.items()
    }
    needs = needs_of(session, audit, asked, shown) if shown else {}
    return tuple(replace(each, need=needs[each.asin]) if each in of_invoices.values() else each for each in sections)
