"""Judging a seller account itself: everything that hangs on no document.

Each area has a service whose `judge(session, vault, account_id, actor)` gathers its facts, runs its checks and
reconciles its tasks. It calls that after each of its own changes; here they are called together, when the day begins.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from vault.services.audits import judging as audit_judging
from vault.services.coverage import judging as coverage_judging
from vault.services.further import judging as further_judging
from vault.services.journal.notes import MACHINE, Note
from vault.services.links import scoring as link_scoring
from vault.services.register import judging as register_judging
from vault.services.routines import judging as routine_judging
from vault.services.security import judging as security_judging
from vault.services.vault import Vault

Judge = Callable[[Session, Vault, str, str], list[Note]]

JUDGES: tuple[Judge, ...] = (
    register_judging.judge,
    further_judging.judge,
    audit_judging.judge,
    routine_judging.judge,
    security_judging.judge,
    coverage_judging.judge,
    link_scoring.judge,  # the last one: it takes the lock of scoring, after which nothing else is waited for
)


def judge_account(session: Session, vault: Vault, account_id: str, actor: str = MACHINE) -> list[Note]:
    """Judges every area of the account. Returns the changes for the journal; none where nothing has changed."""
    return [note for judge in JUDGES for note in judge(session, vault, account_id, actor)]
