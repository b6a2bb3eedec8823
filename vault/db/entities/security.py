"""Security duties of a seller account: what was attested, how often it is asked, and its emergencies."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vault.db.entities.base import AccountId, Base, Id
from vault.domain.ids import ID_LENGTH


class ControlAttestation(Base):
    """Somebody says that a security duty was done. Rows are added, never changed.

    `control` is a `vault.domain.security.Control`. `about`: the access grant of the person whom it is about, the id of
    a paper, empty for the account itself. `details` are what the control asks for, as texts (never a password).
    `takes_back` names an earlier attestation that was a mistake; such a row says nothing else.
    """

    __tablename__ = "control_attestations"
    __table_args__ = (Index("ix_control_attestations_account_id_control", "account_id", "control", "about", "id"),)

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    control: Mapped[str] = mapped_column(String(30))
    about: Mapped[str] = mapped_column(String(ID_LENGTH), default="")
    done_on: Mapped[date]
    done_by: Mapped[str] = mapped_column(String(200), default="")
    details: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id"))
    takes_back: Mapped[str | None] = mapped_column(ForeignKey("control_attestations.id"))
    attested_by: Mapped[str] = mapped_column(String(40))
    attested_at: Mapped[datetime]


class ControlInterval(Base):
    """An interval of the rule book that one seller account keeps differently: `setting` of `check_id`, in days."""

    __tablename__ = "control_intervals"
    __table_args__ = (UniqueConstraint("account_id", "check_id", "setting"),)

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    check_id: Mapped[str] = mapped_column(String(60))
    setting: Mapped[str] = mapped_column(String(40))
    days: Mapped[int]


class ControlState(Base):
    """How a seller account's security duties stood when they were last judged: how many findings of each outcome."""

    __tablename__ = "control_states"

    account_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("seller_accounts.id"), primary_key=True)
    passed: Mapped[int]
    warned: Mapped[int]
    failed: Mapped[int]
    unknown: Mapped[int]


class Emergency(Base):
    """A seller account that somebody else may have got into. At most one of an account is open.

    `ended_as` is an `EmergencyEnd`, None while it is open; `conclusion` says what the cause was, or why it was no emergency.
    """

    __tablename__ = "emergencies"
    __table_args__ = (Index("ix_emergencies_account_id_opened_at", "account_id", "opened_at", "id"),)

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    noticed: Mapped[str] = mapped_column(Text, default="")
    opened_by: Mapped[str] = mapped_column(String(40))
    opened_at: Mapped[datetime]
    ended_as: Mapped[str | None] = mapped_column(String(20))
    conclusion: Mapped[str] = mapped_column(Text, default="")
    ended_by: Mapped[str | None] = mapped_column(String(40))
    ended_at: Mapped[datetime | None]

    answers: Mapped[list["EmergencyAnswer"]] = relationship(order_by="EmergencyAnswer.id")


class EmergencyAnswer(Base):
    """What a person says about one step of an emergency. Rows are added, never changed: the last one counts.

    `state` is a `StepState`.
    """

    __tablename__ = "emergency_answers"

    id: Mapped[Id]
    emergency_id: Mapped[str] = mapped_column(ForeignKey("emergencies.id"), index=True)
    step: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id"))
    answered_by: Mapped[str] = mapped_column(String(40))
    answered_at: Mapped[datetime]
