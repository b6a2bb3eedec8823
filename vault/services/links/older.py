"""What an earlier version kept: it explained kinds of shared things and made one task of a kind. Now each value counts.

The first scoring after the upgrade names the values. An explanation is about everything that was shared when the pair
was scored last. A task becomes that of the gravest value behind it, with its people, comments and waiver; each further
value gets a task of its own that is given to the same person and waived as that one was: whoever set three phone numbers
aside has set aside each of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.links import Link, LinkExplanation
from vault.db.entities.work import Task, TaskState
from vault.domain.ids import new_id
from vault.domain.links import How, LinkKind
from vault.linking.keys import NETWORKS
from vault.linking.meeting import Match
from vault.linking.weights import SHARED
from vault.services.journal.notes import Note
from vault.services.tasks.tasks import note_of

# What a value looked like to whoever read of it: kind, in what way it is shared, the mask.
Look = tuple[str, str, str]

_OF_NETWORKS = frozenset({How.WITHIN, How.NEIGHBOUR})
# Where two kinds turn out to be one value, what is open is not set aside by what was waived.
_STATES = (TaskState.OPEN, TaskState.WAIVED, TaskState.DONE)


def name_values(
    session: Session, link: Link, explanations: Iterable[LinkExplanation], matches: Sequence[Match], actor: str
) -> list[Note]:
    """Names the values in what is kept of the link, where an earlier version did not. Call it before scoring.

    `matches`: what the two share now. Returns the changes for the journal; none where everything is named.
    """
    is_older = any("key" not in item for item in link.contributions)
    unnamed = [row for row in explanations if row.keys is None]
    if not is_older and not unnamed:
        return []
    known, notes = _known(link.contributions, matches), []
    for row in unnamed:
        keys = [key for kind, found in known.items() for key in found if not row.kinds or kind in row.kinds]
        row.keys = sorted(keys)
        notes.append(Note("link.explanation_dated", row.id, actor, None, {"link": link.id, "values": len(keys)}))
    if is_older:
        notes += _divide_tasks(session, link, known, actor)
    session.flush()
    return notes


def _known(stored: Sequence[Mapping[str, Any]], matches: Iterable[Match]) -> Mapping[str, list[str]]:
    """The keys of what was shared when the pair was scored last, by the kind of then, the heaviest first.

    Where more values look alike now than then, nobody can tell which of them is new: none of them counts as known.
    """
    named = {item["key"] for item in stored if "key" in item}
    alike: dict[Look, list[str]] = defaultdict(list)
    for match in matches:
        alike[_look(match.kind, match.how, match.shown)].append(match.key)
    counted = Counter(_look(item["kind"], item["how"], item["shown"]) for item in stored)
    known: dict[str, dict[str, None]] = defaultdict(dict)
    for item in stored:
        look = _look(item["kind"], item["how"], item["shown"])
        keys = [item["key"]] if "key" in item else [key for key in alike[look] if key not in named]
        if keys and len(keys) <= counted[look]:
            known[item["kind"]].update(dict.fromkeys(keys))
    return {kind: list(keys) for kind, keys in known.items()}


def _look(kind: str, how: str, shown: str) -> Look:
    """Of networks an earlier version named every two addresses that met in one."""
    return (LinkKind.IP_ADDRESS, how, "") if kind in NETWORKS and how in _OF_NETWORKS else (kind, how, shown)


def _divide_tasks(session: Session, link: Link, known: Mapping[str, list[str]], actor: str) -> list[Note]:
    wanted = select(Task).where(
        Task.subject_type == "link", Task.subject_id == link.id, Task.check_id == SHARED, Task.item.in_(known)
    )
    tasks = sorted(session.scalars(wanted.with_for_update()), key=lambda task: (_STATES.index(task.state), task.id))
    named: set[str] = set()
    notes = []
    for task in tasks:
        keys = [key for key in known[task.item] if key not in named]
        if not keys or task.item in keys:
            continue  # what it is about is shared no longer, or is that of another task now
        named.update(keys)
        task.item, *others = keys
        for key in others if task.state != TaskState.DONE else ():
            like = {column.key: getattr(task, column.key) for column in Task.__table__.columns}
            more = Task(**{**like, "id": new_id(), "item": key})
            session.add(more)
            notes.append(note_of("task.divided", more, actor, divided_from=task.id))
    return notes
