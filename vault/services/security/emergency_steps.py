"""How far an emergency is: which steps the rule book asks for, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.security import Emergency, EmergencyAnswer
from vault.domain.security import StepState
from vault.rules.emergency import EmergencyStep, step_named
from vault.services.vault import Vault

PROFILE = "security"
CHECK = "security.emergency"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an emergency. `answer` is the last one that counts, None while the step is open."""

    name: str
    words: EmergencyStep
    answer: EmergencyAnswer | None

    @property
    def state(self) -> StepState:
        return StepState(self.answer.state) if self.answer else StepState.OPEN


def open_emergency(session: Session, account_id: str) -> Emergency | None:
    """The account's emergency that has not ended, if there is one."""
    wanted = select(Emergency).where(Emergency.account_id == account_id, Emergency.ended_as.is_(None))
    return session.scalars(wanted).first()


def step_names(vault: Vault) -> tuple[str, ...]:
    """The steps of the rule book, in their order."""
    rules = vault.rules.profiles[PROFILE].rules
    return next((rule.words("steps") for rule in rules if rule.check == CHECK), ())


def steps_of(vault: Vault, emergency: Emergency) -> tuple[Step, ...]:
    """The steps in their order; those that were answered when the rule book still asked for them come last."""
    answers = last_answers(emergency)
    asked = step_names(vault)
    names = (*asked, *(name for name in answers if name not in asked))
    return tuple(Step(name, step_named(name), answers.get(name)) for name in names)


def open_steps(vault: Vault, emergency: Emergency) -> tuple[str, ...]:
    """The names of the steps that nobody has answered for."""
    return tuple(step.name for step in steps_of(vault, emergency) if step.state is StepState.OPEN)


def last_answers(emergency: Emergency) -> Mapping[str, EmergencyAnswer]:
    """What counts of each step that was answered, in the order of the first answers. Taken-back answers are left out."""
    answers = {answer.step: answer for answer in emergency.answers}
    return {name: answer for name, answer in answers.items() if answer.state != StepState.OPEN}
