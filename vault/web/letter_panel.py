"""What the audit's page shows of its letters: the acknowledgement that is to be sent, and which suppliers can be asked."""

from typing import Any

from vault.domain.audits import AuditState
from vault.domain.errors import Invalid
from vault.letters.facts import LetterKind
from vault.services.audits.pages import OpenAudit
from vault.services.letters.askings import latest_by_asin
from vault.services.letters.editing import read_letter
from vault.services.letters.pages import read_askings
from vault.services.letters.requests import asked_of
from vault.web.i18n import say
from vault.web.identity import current_actor, current_vault


def letters_of(opened: OpenAudit) -> dict[str, Any]:
    """`suppliers`: who can be asked, by ASIN; `asked`: who was last. `acknowledgement`: None once it was sent.

    `letter_problem`: why there is none.
    """
    audit = opened.audit
    suppliers = {each.asin: asked for each in opened.sections if (asked := asked_of(each))}
    asked_of_all = read_askings(current_vault(), current_actor(), audit.account_id, audit.id)
    shown: dict[str, Any] = {"suppliers": suppliers, "asked": latest_by_asin(asked_of_all)}
    shown |= {"acknowledgement": None, "letter_problem": ""}
    if audit.confirmed_at is None or audit.acknowledged_at is not None or not AuditState(audit.state).is_ours:
        return shown
    where = (audit.account_id, audit.id, LetterKind.ACKNOWLEDGEMENT, audit.language)
    try:
        shown["acknowledgement"] = read_letter(current_vault(), current_actor(), *where, sections=opened.sections)
    except Invalid as error:
        shown["letter_problem"] = say(error.message)
    return shown
