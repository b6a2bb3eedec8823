"""Routines: what has to be done again and again, who said that it was done, and who is away.

Nothing is written because a day passes: what was due when follows from the plans, what was skipped from what nobody
attested (`vault.domain.routines`).
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vault.db.entities.base import AccountId, Base, Id
from vault.db.entities.documents import Document
from vault.domain.ids import ID_LENGTH


class Routine(Base):
    """A duty that returns. `kind` names the duty of the rule book that it was taken from, empty for one's own.

    `state` is a `RoutineState`; `minutes`: how long it takes, as a person reckons. `deputy_id` takes the owner's turn
    while the owner is away.
    """

    __tablename__ = "routines"
    __table_args__ = (Index("ix_routines_account_id_state", "account_id", "state", "id"),)

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    kind: Mapped[str] = mapped_column(String(40), default="")
    title: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[int]
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    deputy_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(40))

    plans: Mapped[list["RoutinePlan"]] = relationship(
        back_populates="routine", cascade="all, delete-orphan", order_by="RoutinePlan.begins_on, RoutinePlan.id"
    )


class RoutinePlan(Base):
    """The cadence of a routine from one day to another; another cadence or a pause ends it, and the past stays.

    `cadence` is written as `vault.domain.cadence` does; `ends_on` is the last day that counts, None while it runs. It
    lies before `begins_on` where the plan was given up before it began.
    """

    __tablename__ = "routine_plans"
    __table_args__ = (Index("ix_routine_plans_routine_id_begins_on", "routine_id", "begins_on"),)

    id: Mapped[Id]
    routine_id: Mapped[str] = mapped_column(ForeignKey("routines.id"))
    cadence: Mapped[str] = mapped_column(String(40))
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]

    routine: Mapped[Routine] = relationship(back_populates="plans")


class Attestation(Base):
    """What a person says of the duty that was due on `due_on`: done, or why it was skipped. Once for each due date.

    `outcome` is an `Outcome` of `vault.domain.routines`; `said_on` the day of `said_at` in the time zone of the
    settings. `instead_of`: the owner of the routine, where somebody else did it.
    """

    __tablename__ = "attestations"
    __table_args__ = (
        UniqueConstraint("routine_id", "due_on"),
        Index("ix_attestations_routine_id_due_on_outcome", "routine_id", "due_on", "outcome"),
        Index("ix_attestations_said_on_person_id", "said_on", "person_id"),
    )

    id: Mapped[Id]
    routine_id: Mapped[str] = mapped_column(ForeignKey("routines.id"))
    due_on: Mapped[date]
    outcome: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[str] = mapped_column(String(40))
    instead_of: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    note: Mapped[str] = mapped_column(Text, default="")
    said_at: Mapped[datetime]
    said_on: Mapped[date]

    documents: Mapped[list["AttestedDocument"]] = relationship(cascade="all, delete-orphan")


class AttestedDocument(Base):
    """A document of the vault that shows that the duty was done."""

    __tablename__ = "attested_documents"
    __table_args__ = (UniqueConstraint("attestation_id", "document_id"),)

    id: Mapped[Id]
    attestation_id: Mapped[str] = mapped_column(ForeignKey("attestations.id"))
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))

    document: Mapped[Document] = relationship()


class Absence(Base):
    """From when until when, both included, a person is away from a seller account. Why is nobody's business here."""

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_account_id_until_on", "account_id", "until_on"),)

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(40))
