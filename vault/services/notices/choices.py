"""How a person wants to be told: in the centre, by mail at once, in a digest; when, and when not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.notices import MailBy, NoticeChoice
from vault.domain.errors import Invalid
from vault.domain.message import N_, Message
from vault.services.journal.notes import Note, record
from vault.services.people.users import Person
from vault.services.vault import Vault


class NoticeKind(StrEnum):
    """What people can be told. Each person chooses for each kind."""

    OPENED = "opened"  # a critical task was opened
    NEW_TASKS = "new_tasks"  # how many other tasks were opened yesterday
    REMINDER = "reminder"  # a task is due in some days
    OVERDUE = "overdue"  # a task is overdue
    ESCALATED = "escalated"  # to owners: a task is overdue for long, or nothing reaches its assignee
    ASSIGNED = "assigned"  # a task was given to the person
    MENTIONED = "mentioned"  # somebody named the person in a comment
    COMMENTED = "commented"  # a comment on a task that the person watches
    REPORT = "report"  # the monthly report of an account was made, to those who asked for it
    TROUBLE = "trouble"  # to administrators: the vault itself needs somebody


class Digest(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Channels:
    """Where notifications of one kind go. Critical ones that are to be mailed at all are mailed at once."""

    in_app: bool = True
    mail: MailBy = MailBy.DIGEST


# Trouble is trouble with mails: told in the centre, where it cannot raise more of it.
_MAILED_OTHERWISE = {
    NoticeKind.OPENED: MailBy.AT_ONCE,
    NoticeKind.ESCALATED: MailBy.AT_ONCE,
    NoticeKind.REPORT: MailBy.AT_ONCE,
    NoticeKind.TROUBLE: MailBy.NEVER,
}
DEFAULT_CHANNELS: Mapping[NoticeKind, Channels] = MappingProxyType(
    {kind: Channels(mail=_MAILED_OTHERWISE.get(kind, MailBy.DIGEST)) for kind in NoticeKind}
)
# What a person can choose about.
CHOSEN_KINDS = tuple(kind for kind in NoticeKind if kind is not NoticeKind.TROUBLE)


@dataclass(frozen=True, slots=True)
class Choices:
    """`quiet`: from and until, whole hours in `time_zone`, also over midnight; None where there are none."""

    time_zone: str
    digest: Digest = Digest.DAILY
    digest_hour: int = 8
    digest_weekday: int = 0
    quiet: tuple[int, int] | None = None
    critical_breaks_quiet: bool = False
    channels: Mapping[NoticeKind, Channels] = field(default_factory=lambda: DEFAULT_CHANNELS)
    stopped_at: datetime | None = None
    refused_at: datetime | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def mail_by(self, kind: NoticeKind, is_critical: bool) -> MailBy:
        """How one notification is to be mailed."""
        wanted = self.channels[kind].mail
        if self.stopped_at or wanted is MailBy.NEVER:
            return MailBy.NEVER
        if is_critical or wanted is MailBy.AT_ONCE:
            return MailBy.AT_ONCE
        return MailBy.NEVER if self.digest is Digest.NEVER else MailBy.DIGEST


def choices_of(session: Session, vault: Vault, user_ids: Iterable[str]) -> dict[str, Choices]:
    """What each of these people has chosen, or the default."""
    wanted = set(user_ids)
    found: dict[str, Choices] = {}
    ids = sorted(wanted)
    for start in range(0, len(ids), 500):
        rows = session.scalars(select(NoticeChoice).where(NoticeChoice.user_id.in_(ids[start : start + 500])))
        found |= {row.user_id: _choices(row) for row in rows}
    default = Choices(vault.settings.time_zone)
    return {user_id: found.get(user_id, default) for user_id in wanted}


def read_choices(vault: Vault, user_id: str) -> Choices:
    with vault.database.reading() as session:
        return choices_of(session, vault, [user_id])[user_id]


def change_choices(vault: Vault, person: Person, chosen: Choices) -> None:
    """Keeps what the person has chosen; mails that were stopped start again. Raises Invalid."""
    _require_sense(chosen)
    with vault.database.transaction() as session:
        row = choice_row(session, vault, person.id)
        row.digest, row.digest_hour, row.digest_weekday = chosen.digest, chosen.digest_hour, chosen.digest_weekday
        row.time_zone, row.critical_breaks_quiet = chosen.time_zone, chosen.critical_breaks_quiet
        row.quiet_from, row.quiet_until = chosen.quiet or (None, None)
        row.kinds = {
            kind.value: {"in_app": each.in_app, "mail": each.mail.value}
            for kind, each in chosen.channels.items()
            if each != DEFAULT_CHANNELS[kind]
        }
        row.stopped_at = chosen.stopped_at
        session.flush()
        record(session, vault, [Note("user.notices_changed", person.id, person.id)])


def choice_row(session: Session, vault: Vault, user_id: str) -> NoticeChoice:
    """The person's row, locked, made from the default where there is none."""
    row = session.get(NoticeChoice, user_id, with_for_update=True)
    if row is None:
        default = Choices(vault.settings.time_zone)
        row = NoticeChoice(
            user_id=user_id,
            digest=default.digest,
            digest_hour=default.digest_hour,
            digest_weekday=default.digest_weekday,
            time_zone=default.time_zone,
            critical_breaks_quiet=default.critical_breaks_quiet,
            kinds={},
        )
        session.add(row)
    return row


def _require_sense(chosen: Choices) -> None:
    problems = {}
    if chosen.time_zone not in available_timezones():
        problems["time_zone"] = Message(N_("Choose a time zone from the list."))
    if not (0 <= chosen.digest_hour < 24 and 0 <= chosen.digest_weekday < 7):
        problems["digest_hour"] = Message(N_("Choose an hour and a day of the week."))
    if chosen.quiet and (chosen.quiet[0] == chosen.quiet[1] or not all(0 <= hour < 24 for hour in chosen.quiet)):
        problems["quiet_until"] = Message(N_("Quiet hours must begin and end at different hours."))
    if problems:
        raise Invalid(N_("Correct the marked fields."), problems)


def _choices(row: NoticeChoice) -> Choices:
    channels = dict(DEFAULT_CHANNELS)
    for kind in NoticeKind:
        if said := row.kinds.get(kind.value):
            channels[kind] = Channels(bool(said["in_app"]), MailBy(said["mail"]))
    has_quiet = row.quiet_from is not None and row.quiet_until is not None
    return Choices(
        time_zone=row.time_zone,
        digest=Digest(row.digest),
        digest_hour=row.digest_hour,
        digest_weekday=row.digest_weekday,
        quiet=(row.quiet_from or 0, row.quiet_until or 0) if has_quiet else None,
        critical_breaks_quiet=row.critical_breaks_quiet,
        channels=channels,
        stopped_at=row.stopped_at,
        refused_at=row.refused_at,
    )
