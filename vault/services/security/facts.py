"""Gathering what is known about the security of one seller account, for the checks to judge."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vault.checks.security.facts import Attested, Paper, Person, SecurityFacts
from vault.db.entities.register import AccessGrant
from vault.db.entities.security import ControlAttestation, Emergency
from vault.domain.register import GrantKind
from vault.domain.security import AFTER_ALARM, Control, EmergencyEnd
from vault.services.days import day_of, today
from vault.services.security.control_history import Latest
from vault.services.security.emergency_steps import open_emergency, open_steps
from vault.services.vault import Vault


def security_facts(session: Session, vault: Vault, account_id: str, known: Latest) -> SecurityFacts:
    """Everything that the checks need about the account. `known`: its attestations that count."""
    last, running = last_emergency(session, account_id), open_emergency(session, account_id)
    return SecurityFacts(
        today=today(vault),
        people=tuple(_person(vault, grant, known, last) for grant in people_with_access(session, vault, account_id)),
        papers=tuple(_paper(row) for row in papers(known)),
        alerts=_attested(known.get((Control.ALERTS, ""))),
        contact=_attested(known.get((Control.CONTACT, ""))),
        access_review=_attested(known.get((Control.ACCESS_REVIEW, ""))),
        emergency_steps=open_steps(vault, running) if running else (),
    )


def people_with_access(session: Session, vault: Vault, account_id: str) -> list[AccessGrant]:
    """The people who work with the account on Amazon, by name. Who has left is for whoever looks after access."""
    wanted = select(AccessGrant).where(
        AccessGrant.account_id == account_id,
        AccessGrant.kind == GrantKind.PERSON,
        or_(AccessGrant.left_on.is_(None), AccessGrant.left_on > today(vault)),
        AccessGrant.removed_on.is_(None),
    )
    return list(session.scalars(wanted.order_by(AccessGrant.name, AccessGrant.id)))


def papers(known: Latest) -> list[ControlAttestation]:
    """The papers that are still needed, by kind and holder."""
    rows = [row for (control, _), row in known.items() if control == Control.PAPER and "retired" not in row.details]
    return sorted(rows, key=lambda row: (row.details["kind"], row.details["holder"], row.about))


def _person(vault: Vault, grant: AccessGrant, known: Latest, last: Emergency | None) -> Person:
    renewed = known.get((Control.PASSWORD, grant.id))
    return Person(
        id=grant.id,
        name=grant.name,
        two_step=_attested(known.get((Control.TWO_STEP, grant.id))),
        password=_attested(renewed),
        training=_training(grant.trained_on, _attested(known.get((Control.TRAINING, grant.id)))),
        must_renew=last is not None and grant.created_at <= last.opened_at and not _is_since(vault, renewed, last),
    )


def _training(on_register: date | None, attested: Attested | None) -> Attested | None:
    """The later of what the register says and what was attested."""
    days = [day for day in (on_register, attested.done_on if attested else None) if day]
    return Attested(max(days)) if days else None


def _is_since(vault: Vault, renewed: ControlAttestation | None, last: Emergency) -> bool:
    """Whether the password was renewed after the alarm. On the day of the alarm itself the person has said which."""
    if renewed is None or renewed.attested_at < last.opened_at:
        return False
    day = day_of(vault, last.opened_at)
    return renewed.done_on > day or (renewed.done_on == day and renewed.details.get(AFTER_ALARM) == "yes")


def last_emergency(session: Session, account_id: str) -> Emergency | None:
    """The latest emergency of the account that was no false alarm, whether it has ended or not."""
    wanted = select(Emergency).where(
        Emergency.account_id == account_id,
        or_(Emergency.ended_as.is_(None), Emergency.ended_as != EmergencyEnd.FALSE_ALARM),
    )
    return session.scalars(wanted.order_by(Emergency.opened_at.desc(), Emergency.id.desc()).limit(1)).first()


def _attested(row: ControlAttestation | None) -> Attested | None:
    return Attested(row.done_on, row.details) if row else None


def _paper(row: ControlAttestation) -> Paper:
    said = row.details
    expires_on = date.fromisoformat(said["expires_on"]) if said.get("expires_on") else None
    return Paper(
        id=row.about,
        kind=said["kind"],
        holder=said["holder"],
        expires_on=expires_on,
        has_copy=row.document_id is not None,
        never_expires=said.get("never_expires") == "yes",
    )
