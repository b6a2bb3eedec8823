"""Plans for further accounts: opening a file, writing its plan, and what becomes of it."""

from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.further import FurtherAccount, FurtherState
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.findings import Finding, Outcome
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.further.judging import IN_WORK, MISSING, findings_of, judge_file
from vault.services.journal.notes import Note, record
from vault.services.register.accounts import MARKETPLACES
from vault.services.vault import Vault

LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Plan:
    """What people write about a further account. Only the working name is needed to begin."""

    name: str
    marketplace: str = ""
    reason: str = ""
    run_by: str = ""
    inventory: str = ""
    products: str = ""
    strategy: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file in the list: how many items it has, how many of them are there."""

    file: FurtherAccount
    done: int
    items: int


def list_files(vault: Vault, actor: Actor, account_id: str) -> list[FileRow]:
    """The account's files, those in work first, the latest of them first. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    wanted = select(FurtherAccount).where(FurtherAccount.account_id == account_id)
    with vault.database.reading() as session:
        files = session.scalars(wanted.order_by(FurtherAccount.created_at.desc(), FurtherAccount.id.desc()))
        rows = [_row(file, findings_of(session, vault, file, actor.account_ids)) for file in files]
    return sorted(rows, key=lambda row: row.file.state not in IN_WORK)


def open_file(vault: Vault, actor: Actor, account_id: str, plan: Plan) -> FurtherAccount:
    """Begins a file. Raises NotFound, Forbidden, Invalid with a problem for each field that cannot be."""
    actor.require(Permission.MANAGE, account_id)
    texts = _checked(plan)
    with vault.database.transaction() as session:
        file = FurtherAccount(account_id=account_id, standing_of=[], created_at=vault.clock(), created_by=actor.id)
        file.state = FurtherState.DRAFT
        for name, text in texts.items():
            setattr(file, name, text)
        session.add(file)
        session.flush()
        opened = Note("further.begun", file.id, actor.id, account_id, {"name": file.name})
        record(session, vault, [opened, *judge_file(session, vault, file, actor.id)])
    return file


def change_plan(vault: Vault, actor: Actor, account_id: str, file_id: str, plan: Plan) -> FurtherAccount:
    """Writes the plan anew. Raises NotFound, Forbidden, Conflict for a file no longer in work, Invalid."""
    texts = _checked(plan)
    with vault.database.transaction() as session:
        file = file_in_work(session, actor, account_id, file_id)
        changed = [name for name, text in texts.items() if getattr(file, name) != text]
        for name in changed:
            setattr(file, name, texts[name])
        if changed:
            note = Note("further.planned", file.id, actor.id, account_id, {"fields": list(changed)})
            record(session, vault, [note, *judge_file(session, vault, file, actor.id)])
    return file


def complete(vault: Vault, actor: Actor, account_id: str, file_id: str) -> None:
    """Says that the file is complete. Raises NotFound, Forbidden, Conflict, and Invalid while something is missing."""
    with vault.database.transaction() as session:
        file = file_in_work(session, actor, account_id, file_id)
        missing = [each for each in findings_of(session, vault, file, actor.account_ids) if each.outcome in MISSING]
        if missing:
            raise Invalid(N_("The file is not complete: %(count)s items are missing."), count=str(len(missing)))
        if file.state != FurtherState.COMPLETE:
            file.state = FurtherState.COMPLETE
            record(session, vault, [Note("further.completed", file.id, actor.id, account_id)])


def note_opened(vault: Vault, actor: Actor, account_id: str, file_id: str, opened_id: str) -> None:
    """Says which seller account came of the plan. Raises NotFound, Forbidden, Conflict, Invalid."""
    with vault.database.transaction() as session:
        file = file_in_work(session, actor, account_id, file_id)
        if opened_id == account_id or opened_id not in actor.account_ids:
            raise Invalid(N_("Choose the seller account that was opened from this plan."))
        file.state, file.opened_id = FurtherState.OPENED, opened_id
        note = Note("further.opened", file.id, actor.id, account_id)
        record(session, vault, [note, *judge_file(session, vault, file, actor.id)])


def drop(vault: Vault, actor: Actor, account_id: str, file_id: str) -> None:
    """Sets the plan aside; its tasks close, nothing is deleted. Raises NotFound, Forbidden, Conflict."""
    with vault.database.transaction() as session:
        file = file_in_work(session, actor, account_id, file_id)
        file.state = FurtherState.DROPPED
        note = Note("further.dropped", file.id, actor.id, account_id)
        record(session, vault, [note, *judge_file(session, vault, file, actor.id)])


def resume(vault: Vault, actor: Actor, account_id: str, file_id: str) -> None:
    """Takes up a file that was dropped or noted as opened. Raises NotFound, Forbidden."""
    with vault.database.transaction() as session:
        file = require_file(session, actor, account_id, file_id, Permission.MANAGE, lock=True)
        if file.state in IN_WORK:
            return
        file.state, file.opened_id = FurtherState.DRAFT, None
        note = Note("further.resumed", file.id, actor.id, account_id)
        record(session, vault, [note, *judge_file(session, vault, file, actor.id)])


def openable(vault: Vault, actor: Actor, account_id: str) -> list[SellerAccount]:
    """The seller accounts that a plan can have led to: the others that `actor` sees, by name."""
    others = [each for each in actor.account_ids if each != account_id]
    with vault.database.reading() as session:
        found = session.scalars(select(SellerAccount).where(SellerAccount.id.in_(others)))
        return sorted(found, key=lambda account: (account.name.casefold(), account.id))


def require_file(
    session: Session, actor: Actor, account_id: str, file_id: str, permission: Permission, *, lock: bool = False
) -> FurtherAccount:
    """Raises NotFound for a file that is not this account's, or an account that `actor` may not see; Forbidden."""
    actor.require(permission, account_id)
    file = session.get(FurtherAccount, file_id, with_for_update=lock or None)
    if file is None or file.account_id != account_id:
        raise NotFound()
    return file


def file_in_work(session: Session, actor: Actor, account_id: str, file_id: str) -> FurtherAccount:
    """The file, locked, to be changed. Raises NotFound, Forbidden, and Conflict where its work has ended."""
    file = require_file(session, actor, account_id, file_id, Permission.MANAGE, lock=True)
    if file.state not in IN_WORK:
        raise Conflict(N_("The work on this file has ended. Take it up again before you change it."))
    return file


def _row(file: FurtherAccount, findings: tuple[Finding, ...]) -> FileRow:
    counted = [each for each in findings if each.outcome is not Outcome.NOT_APPLICABLE]
    checks = {each.check for each in counted}
    lacking = {each.check for each in counted if each.outcome in MISSING}
    return FileRow(file, len(checks - lacking), len(checks))


def _checked(plan: Plan) -> dict[str, str]:
    texts = {name: text.strip() for name, text in asdict(plan).items()}
    problems = {
        name: Message(N_("Write at most %(longest)s characters."), {"longest": str(LONGEST)})
        for name, text in texts.items()
        if len(text) > LONGEST
    }
    if not texts["name"]:
        problems["name"] = Message(N_("Give the plan a name to work with."))
    elif len(texts["name"]) > 200:
        problems["name"] = Message(N_("Write at most %(longest)s characters."), {"longest": "200"})
    if texts["marketplace"] and texts["marketplace"] not in MARKETPLACES:
        problems["marketplace"] = Message(N_("Choose a store from the list."))
    if problems:
        raise Invalid(N_("The plan was not saved. Correct the marked fields."), problems)
    return texts
