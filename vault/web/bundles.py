"""Bundles of an audit: having one made, trying again, and noting that it was sent."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired

from vault.composing.papers import Sheet
from vault.domain.audits import AuditState
from vault.domain.errors import Conflict, Invalid
from vault.domain.message import N_
from vault.domain.roles import Permission
from vault.rules.channels import NO_LIMIT, ChannelRule, Takes
from vault.services.audits.pages import OpenAudit
from vault.services.bundles import bundles
from vault.services.bundles.options import BundleOptions
from vault.services.bundles.standing import doubtful
from vault.services.days import today
from vault.web.forms import PageForm, at_most
from vault.web.identity import current_actor, current_vault
from vault.web.refusals import say_why

blueprint = Blueprint("bundles", __name__, url_prefix="/a/<account_id>/audits/<audit_id>/bundles")

# What is done at each step of the making.
STEPS = {
    "copies": N_("Copies are being made."),
    "binding": N_("The combined PDF is being bound."),
    "packing": N_("The archive is being packed."),
    "keeping": N_("It is being put into the vault."),
}


class BundleForm(PageForm):
    """What a person chooses about a bundle."""

    channel = SelectField(_l("How you will send it"), [InputRequired()])
    without_prices = BooleanField(_l("Without prices"))
    sheet = SelectField(_l("Paper"), [InputRequired()])
    contact = StringField(_l("Whom Amazon may ask"), at_most(200))

    def __init__(self) -> None:
        super().__init__()
        self.sheet.choices = [(Sheet.A4.value, "A4"), (Sheet.LETTER.value, "Letter")]
        self.channel.choices = [(each.name, _label(each)) for each in current_vault().rules.channels.values()]

    def options(self) -> BundleOptions:
        sheet = Sheet(self.sheet.data)
        return BundleOptions(
            today(current_vault()),
            bool(self.without_prices.data),
            sheet,
            self.contact.data or "",
            self.channel.data or NO_LIMIT,
        )


def panel_of(opened: OpenAudit) -> dict[str, Any]:
    """What the part about bundles of an audit's page needs beside the audit."""
    return {
        "bundle_form": BundleForm(),
        "uncopied": doubtful(opened.sections),
        **_row_words(opened.audit.account_id),
    }


@blueprint.post("")
def create(account_id: str, audit_id: str) -> ResponseReturnValue:
    form = BundleForm()
    if not form.is_accepted():
        flash(gettext("The bundle was not made. Correct the marked fields."), "error")
        return _back(audit_id)
    try:
        bundles.ask_for_bundle(current_vault(), current_actor(), account_id, audit_id, form.options())
    except (Conflict, Invalid) as error:
        say_why(error)
    else:
        flash(gettext("The bundle is being made. It appears here when it is ready."), "success")
    return _back(audit_id)


@blueprint.get("/<bundle_id>")
def show(account_id: str, audit_id: str, bundle_id: str) -> ResponseReturnValue:
    """Its row alone, for the audit's page that waits for it; who comes otherwise is led to that page."""
    vault, actor = current_vault(), current_actor()
    audit, made = bundles.read_bundle(vault, actor, account_id, audit_id, bundle_id)
    if not request.headers.get("HX-Request"):
        return redirect(url_for("audits.show", audit_id=audit_id, _anchor=f"bundle-{bundle_id}"))
    may_work = actor.may(Permission.CORRECT, account_id) and not AuditState(audit.state).is_over
    return render_template("audits/_bundle.html", audit=audit, each=made, may_work=may_work, **_row_words(account_id))


@blueprint.post("/<bundle_id>/again")
def again(account_id: str, audit_id: str, bundle_id: str) -> ResponseReturnValue:
    try:
        bundles.try_again(current_vault(), current_actor(), account_id, audit_id, bundle_id)
    except Conflict as error:
        say_why(error)
    else:
        flash(gettext("It is tried again."), "success")
    return _back(audit_id)


@blueprint.post("/<bundle_id>/sent")
def sent(account_id: str, audit_id: str, bundle_id: str) -> ResponseReturnValue:
    channel = request.form.get("channel", "")
    try:
        bundles.note_sent(current_vault(), current_actor(), account_id, audit_id, bundle_id, channel)
    except (Invalid, Conflict) as error:
        say_why(error)
    else:
        flash(gettext("Noted as sent."), "success")
    return _back(audit_id)


def _row_words(account_id: str) -> dict[str, Any]:
    """What the row of a bundle needs beside the bundle."""
    return {
        "bundle_steps": STEPS,
        "channels": {name: gettext(each.label) for name, each in current_vault().rules.channels.items()},
        "may_send": current_actor().may(Permission.MANAGE, account_id),
    }


def _label(channel: ChannelRule) -> str:
    """With what it takes: ``Mail (archives, at most 18 MB each)``."""
    label = gettext(channel.label)
    if not channel.file_bytes:
        return str(label)
    taken = gettext("PDFs") if channel.takes is Takes.PDF else gettext("archives")
    limit = f"{channel.file_bytes / 1_000_000:g}"
    return str(gettext("%(label)s (%(taken)s, at most %(limit)s MB each)", label=label, taken=taken, limit=limit))


def _back(audit_id: str) -> ResponseReturnValue:
    return redirect(url_for("audits.show", audit_id=audit_id, _anchor="bundle"), 303)
