"""The notice of an audit as it came: who it says that it comes from, and what was attached to it."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.domain.errors import Conflict, Refused, Unreadable
from vault.domain.notice_readings import SenderDoubt, SenderFlaw
from vault.services.audits.attachments import keep_attachment
from vault.web.identity import current_actor, current_vault
from vault.web.refusals import say_why

blueprint = Blueprint("audit_notice", __name__, url_prefix="/a/<account_id>/audits/<audit_id>/notice")


@blueprint.post("/attachments/<int:number>")
def keep(account_id: str, audit_id: str, number: int) -> ResponseReturnValue:
    """An attachment becomes a document beside the mail, and its text is looked through as well."""
    try:
        keep_attachment(current_vault(), current_actor(), account_id, audit_id, number)
    except (Conflict, Refused, Unreadable) as error:
        say_why(error)
    else:
        flash(gettext("Kept beside the notice. What it says is looked through as well."), "success")
    return redirect(url_for("audits.confirm_notice", audit_id=audit_id), 303)


def doubts_in_words(doubts: Iterable[SenderDoubt]) -> list[str]:
    """What speaks against the notice being Amazon's, a sentence each."""
    return [_in_words(each) for each in doubts]


def _in_words(doubt: SenderDoubt) -> str:
    who = {"address": doubt.address}
    if doubt.flaw is SenderFlaw.STRANGER:
        return str(gettext("The address %(address)s is none of Amazon's.", **who))
    if doubt.flaw is SenderFlaw.RELAYED:
        return str(gettext("A buyer or another seller wrote this through Amazon (%(address)s).", **who))
    if doubt.flaw is SenderFlaw.FORWARDED:
        return str(gettext("It was passed on by %(address)s: nobody can see what it was before.", **who))
    return str(gettext("The mail server that took it in found that the sender is forged."))
