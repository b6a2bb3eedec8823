"""What somebody outside may see of an audit. All of it is gathered here, and pages for guests are made of nothing else.

Shown is what Amazon has said and what Amazon is to be told: never who works here, what they think of it, what was left
out, or anything of the seller account that does not go in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks.audit.facts import Need
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.audits import Audit, AuditOrder, AuditProduct, EventKind
from vault.db.entities.documents import Document, DocumentState
from vault.db.entities.letters import AuditRequest
from vault.services.audits.evidence import Candidate, sections_of
from vault.services.audits.guest_documents import GuestDocument, plain
from vault.services.audits.guest_letters import (
    GuestBundle,
    GuestLetter,
    bundles_for_guests,
    letters_for_guests,
    names_left_out,
    without_names,
)
from vault.services.audits.notice import notice_of
from vault.services.audits.timeline import entries_of
from vault.services.vault import Vault

# What happened between the business and Amazon, and whether its text is shown: that of a message is. Of the others it
# is a remark for those who work here, as all notes and calls are.
_SHOWN: Mapping[str, bool] = MappingProxyType(
    {
        EventKind.NOTICE: False,
        EventKind.RECEIVED: True,
        EventKind.WRITTEN: True,
        EventKind.SENT: False,
        EventKind.ANSWERED: False,
        EventKind.WON: False,
        EventKind.LOST: False,
        EventKind.OUTCOME: False,
    }
)


@dataclass(frozen=True, slots=True)
class GuestSection:
    """One part of the evidence, with what goes in and no word of what does not; without documents it is missing."""

    part: str
    asin: str
    title: str
    documents: tuple[GuestDocument, ...]
    need: Need | None


@dataclass(frozen=True, slots=True)
class GuestEntry:
    """Something that happened between the business and Amazon."""

    kind: str
    happened_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class GuestFacts:
    """What the notice says, as it was confirmed."""

    kind: str
    case_id: str
    noticed_on: date | None
    deadline: datetime | None
    marketplace: str
    asked_for: tuple[str, ...]
    asins: tuple[str, ...]
    orders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuestView:
    """One audit for somebody outside. `seller`: the business that Amazon asks; `facts`: None before they are confirmed.

    `may_have_bundles`: whether the files of the bundles may be had, and not only be known of.
    """

    seller: str
    state: str
    facts: GuestFacts | None
    notice_text: str
    notice_document: GuestDocument | None
    sections: tuple[GuestSection, ...]
    timeline: tuple[GuestEntry, ...]
    letters: tuple[GuestLetter, ...]
    bundles: tuple[GuestBundle, ...]
    may_have_bundles: bool

    @property
    def document_ids(self) -> frozenset[str]:
        """Every document whose original may be had."""
        return frozenset(each.id for each in self._documents())

    def _documents(self) -> Iterator[GuestDocument]:
        for section in self.sections:
            yield from section.documents
        if self.notice_document is not None:
            yield self.notice_document
        if self.may_have_bundles:
            for bundle in self.bundles:
                yield from bundle.files


def view_for_guests(session: Session, vault: Vault, audit: Audit, *, may_have_bundles: bool) -> GuestView:
    """The audit as its guests see it now."""
    notice = notice_of(session, audit)
    return GuestView(
        seller=session.get_one(SellerAccount, audit.account_id).legal_name,
        state=audit.state,
        facts=_facts(session, audit) if audit.confirmed_at is not None else None,
        notice_text=notice.text,
        notice_document=plain(notice.document) if notice.document and _may_leave(notice.document, audit) else None,
        sections=tuple(_sections(session, vault, audit)),
        timeline=_timeline(session, audit),
        letters=tuple(letters_for_guests(session, vault, audit)),
        bundles=tuple(bundles_for_guests(session, audit)),
        may_have_bundles=may_have_bundles,
    )


def _facts(session: Session, audit: Audit) -> GuestFacts:
    asins = select(AuditProduct.asin).where(AuditProduct.audit_id == audit.id).order_by(AuditProduct.asin)
    orders = select(AuditOrder.number).where(AuditOrder.audit_id == audit.id).order_by(AuditOrder.number)
    return GuestFacts(
        kind=audit.kind,
        case_id=audit.case_id,
        noticed_on=audit.noticed_on,
        deadline=audit.deadline,
        marketplace=audit.marketplace,
        asked_for=tuple(audit.asked_for),
        asins=tuple(session.scalars(asins)),
        orders=tuple(session.scalars(orders)),
    )


def _sections(session: Session, vault: Vault, audit: Audit) -> Iterator[GuestSection]:
    """The parts that have documents, and those that need some."""
    for each in sections_of(session, vault, audit):
        documents = tuple(_chosen(one) for one in each.chosen if _may_leave(one.document, audit))
        if documents or each.part.required:
            yield GuestSection(each.part.name, each.asin, each.title, documents, each.need)


def _chosen(candidate: Candidate) -> GuestDocument:
    weighed = candidate.proposal.weighed
    counts = weighed is not None and weighed.excluded is None
    return plain(candidate.document, weighed.units if weighed and counts else None)


def _may_leave(document: Document, audit: Audit) -> bool:
    """What killed its reader is handed to nobody outside; nor is anything of another seller account, come what may."""
    return document.account_id == audit.account_id and document.state != DocumentState.QUARANTINED


def _timeline(session: Session, audit: Audit) -> tuple[GuestEntry, ...]:
    """Without the mails to suppliers, which are letters, and without what was taken back."""
    mails = set(session.scalars(select(AuditRequest.event_id).where(AuditRequest.audit_id == audit.id)))
    events = [entry.event for entry in entries_of(session, audit) if entry.event.id not in mails]
    names = names_left_out(session, audit)
    return tuple(
        GuestEntry(event.kind, event.happened_at, without_names(event.text, names) if _SHOWN[event.kind] else "")
        for event in events
        if event.kind in _SHOWN and event.taken_back_at is None
    )
