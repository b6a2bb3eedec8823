"""What people say to each other on a task."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from vault.db.entities.worklist import TaskComment
from vault.domain.errors import Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.journal.notes import record
from vault.services.notices.task_news import tell_commented
from vault.services.tasks.people import who_may_see
from vault.services.tasks.tasks import note_of, require_task
from vault.services.vault import Vault

LONGEST = 4000
# For so long a comment is still a draft; afterwards it is part of what happened.
CHANGE_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a comment; `is_name` where it names somebody."""

    text: str
    is_name: bool = False


def add_comment(vault: Vault, actor: Actor, task_id: str, text: str, account_id: str | None = None) -> TaskComment:
    """Says something on a task. ``@Name`` mentions people who may see it. Raises NotFound, Forbidden, Invalid."""
    with vault.database.transaction() as session:
        task = require_task(session, actor, task_id, Permission.CORRECT, account_id)
        comment = TaskComment(
            id=new_id(), account_id=task.account_id, task_id=task.id, author_id=actor.id, made_at=vault.clock()
        )
        comment.text = _checked(text)
        comment.mentioned = mentioned_in(comment.text, who_may_see(session, task))
        session.add(comment)
        session.flush()
        tell_commented(session, vault, task, comment, actor.name)
        details = {"comment": comment.id, "mentioned": comment.mentioned}
        record(session, vault, [note_of("task.commented", task, actor.id, **details)])
    return comment


def edit_comment(
    vault: Vault, actor: Actor, task_id: str, comment_id: str, text: str, account_id: str | None = None
) -> TaskComment:
    """Changes one's own comment shortly after. Raises NotFound, Forbidden, Invalid."""
    with vault.database.transaction() as session:
        task = require_task(session, actor, task_id, Permission.CORRECT, account_id)
        comment = _require_own(session, vault, actor, task_id, comment_id)
        comment.text, comment.edited_at = _checked(text), vault.clock()
        comment.mentioned = mentioned_in(comment.text, who_may_see(session, task))
        tell_commented(session, vault, task, comment, actor.name)
        details = {"comment": comment.id, "mentioned": comment.mentioned}
        record(session, vault, [note_of("task.comment_changed", task, actor.id, **details)])
    return comment


def remove_comment(vault: Vault, actor: Actor, task_id: str, comment_id: str, account_id: str | None = None) -> None:
    """Takes one's own comment away shortly after. Raises NotFound, Forbidden, Invalid."""
    with vault.database.transaction() as session:
        task = require_task(session, actor, task_id, Permission.CORRECT, account_id)
        comment = _require_own(session, vault, actor, task_id, comment_id)
        comment.text, comment.mentioned, comment.removed_at = "", [], vault.clock()
        record(session, vault, [note_of("task.comment_removed", task, actor.id, comment=comment.id)])


def can_change(vault: Vault, actor: Actor, comment: TaskComment) -> bool:
    """Whether it is the actor's own and still young."""
    is_young = vault.clock() - comment.made_at <= CHANGE_WITHIN
    return comment.author_id == actor.id and comment.removed_at is None and is_young


def mentioned_in(text: str, people: Mapping[str, str]) -> list[str]:
    """The ids of the people whom ``@Name`` in `text` names, sorted. Of two with one name, both are meant."""
    found = {piece.text[1:].casefold() for piece in pieces(text, people.values()) if piece.is_name}
    return sorted(user_id for user_id, name in people.items() if name.casefold() in found)


def pieces(text: str, names: Iterable[str]) -> Iterator[Piece]:
    """The text in order, each ``@Name`` apart from what is around it. Longer names are tried first."""
    known = sorted({name for name in names if name.strip()}, key=len, reverse=True)
    if not known:
        yield Piece(text)
        return
    mention = re.compile(rf"(?<!\w)@(?:{'|'.join(map(re.escape, known))})(?!\w)", re.IGNORECASE)
    end = 0
    for found in mention.finditer(text):
        if found.start() > end:
            yield Piece(text[end : found.start()])
        yield Piece(found[0], is_name=True)
        end = found.end()
    if end < len(text):
        yield Piece(text[end:])


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Invalid(N_("The comment is empty."), {"text": Message(N_("Write something first."))})
    if len(text) > LONGEST:
        raise Invalid(N_("The comment is too long."), {"text": Message(N_("Attach a document instead."))})
    return text


def _require_own(session: Session, vault: Vault, actor: Actor, task_id: str, comment_id: str) -> TaskComment:
    comment = session.get(TaskComment, comment_id, with_for_update=True)
    if comment is None or comment.task_id != task_id or comment.removed_at is not None:
        raise NotFound()
    if not can_change(vault, actor, comment):
        raise Invalid(N_("A comment can be changed by who wrote it, within 15 minutes. Write another one instead."))
    return comment
