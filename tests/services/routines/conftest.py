"""A seller account with three people, and a clock that tests move from day to day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.shop import Shop, open_shop
from vault.db.entities.people import Membership, User
from vault.db.entities.routines import Routine
from vault.db.entities.work import Task, TaskState
from vault.db.queries.routines import Figures, figures
from vault.domain.cadence import EVERY_DAY, Cadence, Weekly
from vault.domain.ids import new_id
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.account_judging import judge_account
from vault.services.days import today
from vault.services.journal.notes import record
from vault.services.routines import attestations, routines
from vault.services.routines.routines import RoutineDetails
from vault.services.vault import Vault

DAILY = Weekly(EVERY_DAY)


@dataclass(frozen=True, slots=True)
class Team:
    """`ada` owns the seller account, `bo` manages it, `kim` assists in it."""

    vault: Vault
    clock: Clock
    shop: Shop
    account_id: str
    ada: Actor
    bo: Actor
    kim: Actor

    @property
    def day(self) -> date:
        return today(self.vault)

    def routine(
        self, cadence: Cadence = DAILY, title: str = "Look", deputy: Actor | None = None, minutes: int = 2
    ) -> Routine:
        """One of Ada's that begins today."""
        deputy_id = deputy.id if deputy else None
        details = RoutineDetails(title, cadence, minutes, owner_id=self.ada.id, deputy_id=deputy_id)
        return routines.add(self.vault, self.ada, self.account_id, details)

    def attest(self, routine: Routine, due_on: date | None = None, actor: Actor | None = None) -> None:
        attestations.attest(self.vault, actor or self.ada, self.account_id, routine.id, due_on or self.day)

    def later(self, days: int = 1) -> date:
        """Moves the clock and lets the new day judge the account. Returns the day."""
        self.clock.advance(timedelta(days=days))
        self.judge()
        return self.day

    def judge(self) -> int:
        """Judges the account as the day's job does. Returns how many changes that made."""
        with self.vault.database.transaction() as session:
            notes = judge_account(session, self.vault, self.account_id)
            record(session, self.vault, notes)
        return len(notes)

    def tasks(self, state: TaskState = TaskState.OPEN) -> dict[str, Task]:
        """The tasks that routines raised, by check."""
        wanted = select(Task).where(Task.subject_type == "routine", Task.state == state)
        with self.vault.database.reading() as session:
            return {task.check_id: task for task in session.scalars(wanted)}

    def figures(self) -> Figures:
        with self.vault.database.reading() as session:
            return figures(session, [self.account_id], self.day)[self.account_id]

    def leave(self, actor: Actor) -> None:
        """Takes somebody's role in the account away."""
        gone = select(Membership).where(Membership.user_id == actor.id, Membership.account_id == self.account_id)
        with self.vault.database.transaction() as session:
            session.delete(session.scalars(gone).one())


def hire(vault: Vault, account_id: str, name: str, role: Role) -> Actor:
    now = vault.clock()
    user = User(id=new_id(), email=f"{name.lower()}-{new_id()}@x.example", name=name, created_at=now)
    user.memberships.append(Membership(account_id=account_id, role=role, since=now))
    with vault.database.transaction() as session:
        session.add(user)
    return Actor(user.id, name, {account_id: role})


@pytest.fixture
def team(vault: Vault, clock: Clock) -> Team:
    clock.now = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)  # a Monday
    shop = open_shop(vault, with_catalogue=False)
    bo = hire(vault, shop.account_id, "Bo", Role.MANAGER)
    kim = hire(vault, shop.account_id, "Kim", Role.ASSISTANT)
    return Team(vault, clock, shop, shop.account_id, shop.actor, bo, kim)
