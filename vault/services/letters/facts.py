"""What the letters of an audit are about, gathered from the vault. The facts are the same whoever asks."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.audits import Audit, AuditOrder
from vault.db.entities.letters import AuditAnswer
from vault.db.entities.people import User
from vault.db.entities.register import OtherAccount
from vault.domain.audits import AuditKind, Request
from vault.letters.facts import ActionTaken, AuditFacts, CitedProduct, EvidenceItem, Point, Signer
from vault.services.audits.evidence import Candidate, Section, titles_of
from vault.services.bundles.contents import Included, included_of
from vault.services.days import day_of, today
from vault.services.vault import Vault


def audit_facts(session: Session, vault: Vault, audit: Audit, sections: Iterable[Section]) -> AuditFacts:
    """Of an answer and of the acknowledgement. `sections`: the evidence of the audit, which is confirmed."""
    sections = tuple(sections)
    answer, included = session.get(AuditAnswer, audit.id), included_of(sections)
    names = {document_id: each.name for document_id, each in included.items()}
    orders = select(AuditOrder.number).where(AuditOrder.audit_id == audit.id).order_by(AuditOrder.number)
    return AuditFacts(
        account_name=session.get_one(SellerAccount, audit.account_id).legal_name,
        kind=AuditKind(audit.kind),
        case_id=audit.case_id,
        noticed_on=audit.noticed_on,
        answer_on=(answer.answer_on if answer else None) or _deadline(vault, audit),
        requests=frozenset(map(Request, audit.asked_for)),
        usually_plan=vault.rules.audits[AuditKind(audit.kind)].wants_plan,
        products=tuple(CitedProduct(asin, title) for asin, title in titles_of(session, audit).items()),
        order_ids=tuple(session.scalars(orders)),
        evidence=tuple(_evidence(sections, included)),
        points=tuple(
            Point(each["point"], each["answer"], _names(each, names)) for each in (answer.points if answer else ())
        ),
        root_cause=answer.root_cause if answer else "",
        actions=tuple(_action(each, names) for each in (answer.actions if answer else ())),
        prevention=tuple(answer.prevention) if answer else (),
        related_accounts=_named_by_amazon(session, audit),
        signer=signer_of(session, audit),
    )


def signer_of(session: Session, audit: Audit) -> Signer:
    """Who signs: whom people have named, else who answers for the audit."""
    answer = session.get(AuditAnswer, audit.id)
    if answer is not None and answer.signer_name:
        return Signer(answer.signer_name, answer.signer_role)
    owner = session.get(User, audit.owner_id) if audit.owner_id else None
    return Signer(owner.name if owner else "", answer.signer_role if answer else "")


def _named_by_amazon(session: Session, audit: Audit) -> tuple[str, ...]:
    """The accounts that the notice itself speaks of, among those that people have noted as other ones."""
    if audit.kind != AuditKind.LINKED_ACCOUNTS:
        return ()
    noted = select(OtherAccount.name).where(
        OtherAccount.account_id == audit.account_id, OtherAccount.removed_at.is_(None)
    )
    notice = audit.notice_text.casefold()
    return tuple(name for name in sorted(session.scalars(noted)) if name.strip() and name.casefold() in notice)


def _deadline(vault: Vault, audit: Audit) -> date | None:
    """The day that the answer is due, while it can still be promised."""
    day = day_of(vault, audit.deadline) if audit.deadline else None
    return day if day is not None and day >= today(vault) else None


def _evidence(sections: Iterable[Section], included: Mapping[str, Included]) -> Iterable[EvidenceItem]:
    """A document that is evidence of several products is named with each of them, with the units of that one."""
    seen: set[tuple[str, str]] = set()
    for section in sections:
        for each in section.chosen:
            key = (each.document.id, section.asin)
            if key not in seen:
                seen.add(key)
                yield _item(each, section.asin, included[each.document.id].name)


def _item(candidate: Candidate, asin: str, name: str) -> EvidenceItem:
    document, weighed = candidate.document, candidate.proposal.weighed
    asins = (asin,) if asin else ()
    if not document.is_invoice:
        return EvidenceItem(name, document.paper, asins=asins)
    return EvidenceItem(
        name,
        document.paper,
        asins=asins,
        number=document.number,
        issued_on=document.issue_date,
        supplier=document.supplier_name,
        units=weighed.units if weighed and weighed.excluded is None else None,
    )


def _action(written: Mapping[str, object], names: Mapping[str, str]) -> ActionTaken:
    done_on = written.get("done_on")
    return ActionTaken(
        str(written["what"]), date.fromisoformat(str(done_on)) if done_on else None, _names(written, names)
    )


def _names(written: Mapping[str, object], names: Mapping[str, str]) -> tuple[str, ...]:
    """The names in the bundle of the proofs that go in now; what was taken out meanwhile proves nothing."""
    proofs = written.get("proofs")
    return tuple(names[each] for each in proofs if each in names) if isinstance(proofs, list) else ()
