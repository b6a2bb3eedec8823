"""A seller account with people in every role, and a way to see what each of them was told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.servers.mail import RunningMailServer, running_mail_server
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.notices import Mail, Notification
from vault.db.entities.people import Membership, User
from vault.db.entities.work import Task, TaskState
from vault.domain.findings import Severity
from vault.domain.ids import new_id
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.notices.choices import Choices, change_choices
from vault.services.notices.digests import gather
from vault.services.notices.mails import send_due
from vault.services.notices.reminders import sweep
from vault.services.people.users import find
from vault.services.vault import Vault


@dataclass
class Office:
    """`people` and `accounts`: ids by name. There is an account called ``Lavandine`` with one person in each role."""

    vault: Vault
    clock: Clock
    people: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)

    def open_account(self, name: str) -> str:
        now = self.vault.clock()
        account = SellerAccount(id=new_id(), name=name, legal_name=name, marketplaces=["FR"], created_at=now)
        with self.vault.database.transaction() as session:
            session.add(account)
        self.accounts[name] = account.id
        return account.id

    def employ(self, name: str, role: Role | None, account: str = "Lavandine", *, administrator: bool = False) -> str:
        """A new person with a second factor."""
        now = self.vault.clock()
        user = User(id=new_id(), email=f"{name}@lavandine.example", name=name.title(), created_at=now)
        user.totp_secret, user.is_administrator = self.vault.secrets.encrypt("JBSWY3DPEHPK3PXP"), administrator
        if role:
            user.memberships.append(Membership(account_id=self.accounts[account], role=role, since=now))
        with self.vault.database.transaction() as session:
            session.add(user)
        self.people[name] = user.id
        return user.id

    def join(self, name: str, account: str, role: Role) -> None:
        with self.vault.database.transaction() as session:
            session.add(
                Membership(
                    user_id=self.people[name], account_id=self.accounts[account], role=role, since=self.vault.clock()
                )
            )

    def leave(self, name: str, account: str = "Lavandine") -> None:
        with self.vault.database.transaction() as session:
            same = (Membership.user_id == self.people[name], Membership.account_id == self.accounts[account])
            session.delete(session.scalars(select(Membership).where(*same)).one())

    def actor(self, name: str) -> Actor:
        person = find(self.vault, self.people[name])
        assert person is not None
        return person.actor()

    def choose(self, name: str, choices: Choices) -> None:
        person = find(self.vault, self.people[name])
        assert person is not None
        change_choices(self.vault, person, choices)

    def add_task(
        self,
        due_in: int,
        severity: Severity = Severity.NORMAL,
        assignee: str | None = None,
        account: str = "Lavandine",
        other: str | None = None,
        title: str = "The invoice names no date",
        opened_ago: int = 60,
    ) -> str:
        """A task that was opened so many days ago and is due in so many (negative: overdue)."""
        now = self.vault.clock()
        task = Task(
            id=new_id(),
            account_id=self.accounts[account],
            subject_type="document",
            subject_id=new_id(),
            check_id="invoice.issue_date",
            outcome="fail",
            severity=severity,
            title={"text": title, "params": {}},
            advice={},
            finding={},
            state=TaskState.OPEN,
            due_on=now.date() + timedelta(due_in),
            opened_at=now - timedelta(opened_ago),
            assignee_id=self.people[assignee] if assignee else None,
            other_account_id=self.accounts[other] if other else None,
        )
        with self.vault.database.transaction() as session:
            session.add(task)
        return task.id

    def change(self, task_id: str, **values: object) -> None:
        with self.vault.database.transaction() as session:
            task = session.get_one(Task, task_id)
            for name, value in values.items():
                setattr(task, name, value)

    def told(self, name: str) -> list[Notification]:
        """Everything that one person was told, in order."""
        wanted = select(Notification).where(Notification.user_id == self.people[name])
        with self.vault.database.reading() as session:
            return list(session.scalars(wanted.order_by(Notification.created_at, Notification.id)))

    def kinds(self, name: str) -> list[str]:
        return [each.kind for each in self.told(name)]

    def mails(self, name: str | None = None) -> list[Mail]:
        wanted = select(Mail).order_by(Mail.created_at, Mail.id)
        if name:
            wanted = wanted.where(Mail.user_id == self.people[name])
        with self.vault.database.reading() as session:
            return list(session.scalars(wanted))

    def post(self) -> int:
        """One turn of everything that the schedule does. Returns how many mails went out."""
        sweep(self.vault)
        gather(self.vault)
        return send_due(self.vault)

    def on(self, day: date, hour: int = 9) -> None:
        """Moves the clock to that hour (UTC) of a day."""
        self.clock.now = self.clock.now.replace(year=day.year, month=day.month, day=day.day, hour=hour, minute=0)


@pytest.fixture
def make_office(clock: Clock) -> Callable[[Vault], Office]:
    def make(vault: Vault) -> Office:
        office = Office(vault, clock)
        office.open_account("Lavandine")
        for role in Role:
            office.employ(role.value, role)
        return office

    return make


@pytest.fixture
def office(vault: Vault, make_office: Callable[[Vault], Office]) -> Office:
    return make_office(vault)


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningMailServer]:
    with running_mail_server(tmp_path) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        yield server


@pytest.fixture
def posting(vault: Vault, mail: RunningMailServer, make_office: Callable[[Vault], Office]) -> Office:
    """An office whose vault sends its mails to `mail`."""
    settings = replace(vault.settings, smtp_url=mail.url, mail_from="vault@lavandine.example")
    return make_office(replace(vault, settings=settings))
