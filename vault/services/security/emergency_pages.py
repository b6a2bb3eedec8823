"""An emergency as people look at it: its steps, and everything that was done, in order."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from vault.db.entities.documents import Document
from vault.db.entities.security import Emergency, EmergencyAnswer
from vault.domain.errors import NotFound
from vault.domain.roles import Permission
from vault.domain.security import StepState
from vault.rules.emergency import EmergencyStep, step_named
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.security.emergency_steps import Step, open_emergency, step_names, steps_of
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """`timeline`: every answer in the order given. `names`: people by id; `filenames`: documents by id."""

    emergency: Emergency
    steps: tuple[Step, ...]
    timeline: tuple[EmergencyAnswer, ...]
    titles: Mapping[str, str]
    names: Mapping[str, str]
    filenames: Mapping[str, str]

    @property
    def is_open(self) -> bool:
        return self.emergency.ended_as is None

    @property
    def left(self) -> int:
        """How many steps nobody has answered for."""
        return sum(step.state is StepState.OPEN for step in self.steps)


def running(vault: Vault, actor: Actor, account_id: str) -> str | None:
    """The id of the account's emergency that has not ended. Raises NotFound for an account that `actor` may not see."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        found = open_emergency(session, account_id)
        return found.id if found else None


def first_steps(vault: Vault) -> tuple[EmergencyStep, ...]:
    """The steps that will be asked, in their order."""
    return tuple(step_named(name) for name in step_names(vault))


def read(vault: Vault, actor: Actor, account_id: str, emergency_id: str) -> EmergencyPage:
    """Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    wanted = select(Emergency).where(Emergency.id == emergency_id, Emergency.account_id == account_id)
    with vault.database.reading() as session:
        emergency = session.scalars(wanted.options(selectinload(Emergency.answers))).first()
        if emergency is None:
            raise NotFound()
        answers = tuple(emergency.answers)
        who = {answer.answered_by for answer in answers} | {emergency.opened_by, emergency.ended_by or ""}
        shown = {answer.document_id for answer in answers if answer.document_id}
        files = session.scalars(select(Document).where(Document.id.in_(shown)))
        return EmergencyPage(
            emergency=emergency,
            steps=steps_of(vault, emergency),
            timeline=answers,
            titles={answer.step: step_named(answer.step).title for answer in answers},
            names=names_of(session, who),
            filenames={document.id: document.filename for document in files},
        )
