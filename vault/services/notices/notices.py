"""Telling people: notifications are written here, in the transaction of what they tell of, once for each person.

The rows are an outbox: the centre shows them, `vault.services.notices.digests` gathers them into mails, webhooks pass them on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from vault.db.entities.notices import Notification
from vault.db.once import insert_once
from vault.db.queries import notices
from vault.db.queries.keyset import Page
from vault.db.queries.notices import NoticeRow, visible_to
from vault.domain.errors import NotFound
from vault.domain.findings import Severity
from vault.domain.ids import new_id
from vault.services.access import Actor
from vault.services.notices.choices import Choices, NoticeKind, choices_of
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell. `key` names what happened: nobody is told it twice.

    `title` and `body` are messages as stored (``{"text", "params"}``) and hold no sensitive value: they leave the
    house. `href`: ``{"endpoint", "values"}``. Without an `account_id` only administrators may be told.
    """

    kind: NoticeKind
    key: str
    title: Mapping[str, Any]
    body: Mapping[str, Any]
    href: Mapping[str, Any]
    severity: Severity = Severity.NORMAL
    account_id: str | None = None
    other_account_id: str | None = None
    task_id: str | None = None


def tell(session: Session, vault: Vault, told: Iterable[tuple[News, Iterable[str]]]) -> None:
    """Tells each piece of news to its people, in the caller's transaction; who was told it before is left alone.

    The caller has chosen people who may see it; who loses access later sees and gets it no more.
    """
    wanted = {(user_id, news.key): news for news, user_ids in told for user_id in user_ids}
    choices = choices_of(session, vault, (user_id for user_id, _ in wanted))
    # Always in one order: two who write the same rows then wait for each other and not around each other.
    rows = [_row(vault, user_id, news, choices[user_id]) for (user_id, _), news in sorted(wanted.items(), key=_place)]
    if rows:
        session.execute(insert_once(session, Notification, "user_id", "key"), rows)


def unread(session: Session, user_id: str) -> int:
    """How many notifications of the centre the person has not read, at most `UNREAD_LIMIT`."""
    return notices.count_unread(session, user_id)


def count_unread(vault: Vault, user_id: str) -> int:
    """As `unread`, for a page."""
    with vault.database.reading() as session:
        return unread(session, user_id)


def list_notices(vault: Vault, actor: Actor, only_unread: bool, token: str | None = None) -> Page[NoticeRow]:
    """The actor's centre, the newest first. Raises Invalid for a token of another list."""
    with vault.database.reading() as session:
        return notices.list_notices(session, actor.id, only_unread=only_unread, token=token)


def get_notice(vault: Vault, actor: Actor, notice_id: str) -> NoticeRow:
    """Raises NotFound."""
    with vault.database.reading() as session:
        found = session.execute(
            notices.notice_rows().where(visible_to(actor.id), Notification.id == notice_id)
        ).one_or_none()
    if found is None:
        raise NotFound()
    return NoticeRow(*found)


def mark_read(vault: Vault, actor: Actor, notice_id: str) -> NoticeRow:
    """Raises NotFound."""
    found = get_notice(vault, actor, notice_id)
    with vault.database.transaction() as session:
        session.execute(
            update(Notification)
            .where(Notification.id == notice_id, Notification.read_at.is_(None))
            .values(read_at=vault.clock())
        )
    return found


def mark_all_read(vault: Vault, actor: Actor) -> None:
    with vault.database.transaction() as session:
        session.execute(
            update(Notification)
            .where(Notification.user_id == actor.id, Notification.read_at.is_(None))
            .values(read_at=vault.clock())
        )


def _place(item: tuple[tuple[str, str], News]) -> tuple[str, str]:
    return item[0]


def _row(vault: Vault, user_id: str, news: News, choices: Choices) -> dict[str, Any]:
    return {
        "id": new_id(),
        "user_id": user_id,
        "account_id": news.account_id,
        "other_account_id": news.other_account_id,
        "task_id": news.task_id,
        "kind": news.kind,
        "severity": news.severity,
        "key": news.key,
        "title": dict(news.title),
        "body": dict(news.body),
        "href": dict(news.href),
        "created_at": vault.clock(),
        "in_app": choices.channels[news.kind].in_app,
        "mail_by": choices.mail_by(news.kind, news.severity is Severity.CRITICAL),
    }
