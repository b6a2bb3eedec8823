"""Judging the security duties of a seller account: the findings, the tasks and the figures that follow.

Judging may run as often as one likes: the same facts change no row and write nothing in the journal.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks import judge as judging
from vault.checks.registry import SECURITY_CHECKS
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.security import ControlInterval, ControlState, Emergency
from vault.domain.findings import Finding, Outcome
from vault.rules.book import Profile
from vault.rules.intervals import Chosen, adjusted
from vault.services.journal.notes import MACHINE, Note
from vault.services.locks import lock_account
from vault.services.security.control_history import Latest, latest
from vault.services.security.emergency_steps import CHECK, PROFILE, open_emergency
from vault.services.security.facts import security_facts
from vault.services.tasks import tasks
from vault.services.vault import Vault


def judge(session: Session, vault: Vault, account_id: str, actor: str = MACHINE) -> list[Note]:
    """Judges the account under the profile `security` with its own intervals; opens and closes its tasks.

    An account that is closed has no duties any more, but an emergency that runs goes on.
    Returns the changes for the journal: write them with `vault.services.journal.notes.record` at the end of the transaction.
    """
    lock_account(session, account_id)
    found = findings_of(session, vault, account_id, latest(session, account_id))
    is_closed = session.get_one(SellerAccount, account_id).closed_at is not None
    duties = [finding for finding in found if finding.check != CHECK and not is_closed]
    _keep_standing(session, account_id, duties)
    notes = tasks.reconcile(session, vault, tasks.Subject("security", account_id, account_id), duties, actor)
    if emergency := open_emergency(session, account_id):
        steps = [finding for finding in found if finding.check == CHECK]
        notes += tasks.reconcile(session, vault, emergency_subject(emergency), steps, actor)
    return notes


def findings_of(session: Session, vault: Vault, account_id: str, known: Latest) -> tuple[Finding, ...]:
    """What the checks say of the account now, the open steps of its emergency among it.

    `known`: the attestations that count.
    """
    profile = profile_of(session, vault, account_id)
    return judging.judge(security_facts(session, vault, account_id, known), profile, SECURITY_CHECKS)


def emergency_subject(emergency: Emergency) -> tasks.Subject:
    """What the tasks of an emergency's steps are about: each emergency has its own."""
    return tasks.Subject("emergency", emergency.id, emergency.account_id)


def profile_of(session: Session, vault: Vault, account_id: str) -> Profile:
    """The security profile with this account's intervals."""
    return adjusted(vault.rules.profiles[PROFILE], chosen(session, account_id))


def chosen(session: Session, account_id: str) -> Chosen:
    """The intervals that the account keeps differently from the rule book."""
    return {(row.check_id, row.setting): row.days for row in interval_rows(session, account_id)}


def interval_rows(session: Session, account_id: str) -> Sequence[ControlInterval]:
    """The stored rows of `chosen`."""
    return session.scalars(select(ControlInterval).where(ControlInterval.account_id == account_id)).all()


def _keep_standing(session: Session, account_id: str, findings: Iterable[Finding]) -> None:
    counts = Counter(finding.outcome for finding in findings)
    state = session.get(ControlState, account_id)
    if state is None:
        state = ControlState(account_id=account_id)
        session.add(state)
    state.passed, state.warned = counts[Outcome.PASS], counts[Outcome.WARN]
    state.failed, state.unknown = counts[Outcome.FAIL], counts[Outcome.UNKNOWN]
