"""What lies in a further account's file: documents that prove it, values that it is to have, the statement of standing."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vault.checks.account.further_approval import standing_of
from vault.checks.account.further_facts import ExistingAccount
from vault.checks.answer import Answer
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.further import FurtherAccount, FurtherPaper, FurtherValue, PaperPurpose
from vault.db.queries.papers import Proof
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.findings import Finding, Outcome
from vault.domain.ids import new_id
from vault.domain.message import N_
from vault.domain.register import AccountStatus, AttributeKind
from vault.services.access import Actor
from vault.services.documents.belonging import document_of
from vault.services.documents.paper_kinds import take_as_proof
from vault.services.further.facts import existing_accounts
from vault.services.further.further import file_in_work
from vault.services.further.judging import judge_file, profile_of
from vault.services.journal.notes import Note, record
from vault.services.register.values import read_value, seal
from vault.services.vault import Vault

# Accounts that are not on Amazon now have no standing there.
_NOT_ON_AMAZON = (AccountStatus.PREPARING, AccountStatus.CLOSED)


def add_paper(
    vault: Vault, actor: Actor, account_id: str, file_id: str, purpose: PaperPurpose, document_id: str
) -> None:
    """Puts a document of the same seller account in the file; one that is there already stays there once.

    Raises NotFound, Forbidden, Conflict, Invalid for anything but a document of this seller account.
    """
    try:
        with vault.database.transaction() as session:
            file = file_in_work(session, actor, account_id, file_id)
            if document_of(session, document_id, account_id) is None:
                raise Invalid(N_("Choose a document of this seller account."))
            if _paper(session, file_id, purpose, document_id):
                return
            paper = FurtherPaper(id=new_id(), file_id=file_id, purpose=purpose, document_id=document_id)
            paper.added_at, paper.added_by = vault.clock(), actor.id
            session.add(paper)
            details = {"purpose": purpose.value, "document": document_id}
            _note(session, vault, actor, file, "further.paper_added", details)
    except IntegrityError:  # somebody else added it in this moment
        return
    take_as_proof(vault, actor, Proof(document_id, "further", purpose))


def remove_paper(vault: Vault, actor: Actor, account_id: str, file_id: str, paper_id: str) -> None:
    """Takes a document out of the file; it stays in the vault. Raises NotFound, Forbidden, Conflict."""
    with vault.database.transaction() as session:
        file = file_in_work(session, actor, account_id, file_id)
        paper = session.get(FurtherPaper, paper_id)
        if paper is None or paper.file_id != file_id:
            raise NotFound()
        session.delete(paper)
        details = {"purpose": paper.purpose, "document": paper.document_id}
        _note(session, vault, actor, file, "further.paper_removed", details)


def add_value(vault: Vault, actor: Actor, account_id: str, file_id: str, kind: AttributeKind, text: str) -> None:
    """Plans a value, such as the bank account. Raises NotFound, Forbidden, Conflict, Invalid: none repeats the value."""
    try:
        with vault.database.transaction() as session:
            file = file_in_work(session, actor, account_id, file_id)
            read = read_value(vault, kind, text, session.get_one(SellerAccount, account_id).country)
            value = FurtherValue(id=new_id(), file_id=file_id, kind=kind, encrypted=seal(vault, read))
            value.masked, value.fingerprint, value.created_at = read.masked, read.fingerprint, vault.clock()
            session.add(value)
            _note(session, vault, actor, file, "further.value_added", {"kind": kind.value})
    except IntegrityError:
        raise Conflict(N_("This value is planned already.")) from None


def remove_value(vault: Vault, actor: Actor, account_id: str, file_id: str, value_id: str) -> None:
    """Raises NotFound, Forbidden, Conflict."""
    with vault.database.transaction() as session:
        file = file_in_work(session, actor, account_id, file_id)
        value = session.get(FurtherValue, value_id)
        if value is None or value.file_id != file_id:
            raise NotFound()
        session.delete(value)
        _note(session, vault, actor, file, "further.value_removed", {"kind": value.kind})


def state_standing(vault: Vault, actor: Actor, account_id: str, file_id: str) -> None:
    """States that every seller account that `actor` sees on Amazon is in good standing.

    Raises NotFound, Forbidden, Conflict, and Invalid, with a problem for each account that is not.
    """
    with vault.database.transaction() as session:
        file = file_in_work(session, actor, account_id, file_id)
        found = standing(session, vault, actor, file)
        problems = {account.id: finding.message for account, finding in found if finding.outcome is not Outcome.PASS}
        if problems or not found:
            raise Invalid(N_("Not all of your accounts are in good standing, so it cannot be stated."), problems)
        file.standing_of = sorted(account.id for account, _ in found)
        file.standing_by, file.standing_at = actor.id, vault.clock()
        _note(session, vault, actor, file, "further.standing_stated", {})


def withdraw_standing(vault: Vault, actor: Actor, account_id: str, file_id: str) -> None:
    """Takes the statement back. Raises NotFound, Forbidden, Conflict."""
    with vault.database.transaction() as session:
        file = file_in_work(session, actor, account_id, file_id)
        if file.standing_of:
            file.standing_of, file.standing_by, file.standing_at = [], None, None
            _note(session, vault, actor, file, "further.standing_withdrawn", {})


def standing(
    session: Session, vault: Vault, actor: Actor, file: FurtherAccount
) -> list[tuple[ExistingAccount, Finding]]:
    """How each seller account that `actor` sees, and that is on Amazon, stands."""
    rule = next(rule for rule in profile_of(vault).rules if rule.check == "further.standing")
    answer = Answer(rule, profile_of(vault).label)
    accounts = existing_accounts(session, file, actor.account_ids, actor.account_ids, {})
    return [(each, standing_of(each, answer)) for each in accounts if each.status not in _NOT_ON_AMAZON]


def _paper(session: Session, file_id: str, purpose: PaperPurpose, document_id: str) -> FurtherPaper | None:
    wanted = select(FurtherPaper).where(
        FurtherPaper.file_id == file_id, FurtherPaper.purpose == purpose, FurtherPaper.document_id == document_id
    )
    return session.scalar(wanted)


def _note(
    session: Session, vault: Vault, actor: Actor, file: FurtherAccount, action: str, details: dict[str, str]
) -> None:
    """Judges the file as it is now, and writes the change in the journal."""
    session.flush()
    notes = judge_file(session, vault, file, actor.id)
    record(session, vault, [Note(action, file.id, actor.id, file.account_id, details), *notes])
