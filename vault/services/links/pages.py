"""What stands around one pair of linked accounts on its page."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from vault.db.entities.documents import Document
from vault.db.entities.links import LinkExplanation
from vault.db.entities.work import Task, TaskState
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.documents.dossiers import Event
from vault.services.journal.history import events_about
from vault.services.links.links import require_link
from vault.services.vault import Vault

# Documents to choose from as the proof of an explanation.
_CHOICE = 50


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`tasks`: those that are not done. `history`: of the pair, its explanations and its tasks. `people`: by id."""

    tasks: tuple[Task, ...]
    history: tuple[Event, ...]
    people: Mapping[str, str]
    may_explain: bool


def read_surroundings(vault: Vault, actor: Actor, link_id: str) -> Surroundings:
    """Raises NotFound, also where `actor` may see one side only."""
    with vault.database.reading() as session:
        link = require_link(session, actor, link_id)
        of_link = select(Task).where(Task.subject_type == "link", Task.subject_id == link_id)
        tasks = session.scalars(of_link.order_by(Task.due_on, Task.id)).all()
        given = session.scalars(select(LinkExplanation).where(LinkExplanation.link_id == link_id)).all()
        accounts = (link.low_account_id, link.high_account_id)
        return Surroundings(
            tasks=tuple(task for task in tasks if task.state != TaskState.DONE),
            history=events_about(session, [link_id, *(task.id for task in tasks), *(row.id for row in given)]),
            people=names_of(session, {row.created_by for row in given}),
            may_explain=all(actor.may(Permission.MANAGE, account_id) for account_id in accounts),
        )


def documents_to_choose(vault: Vault, actor: Actor, link_id: str, sought: str = "") -> list[Document]:
    """The latest documents of the two accounts, those with `sought` in their file names. Raises NotFound."""
    with vault.database.reading() as session:
        link = require_link(session, actor, link_id)
        wanted = select(Document).where(Document.account_id.in_({link.low_account_id, link.high_account_id}))
        if sought:
            wanted = wanted.where(Document.filename.icontains(sought, autoescape=True))
        return list(session.scalars(wanted.order_by(Document.uploaded_at.desc(), Document.id.desc()).limit(_CHOICE)))
