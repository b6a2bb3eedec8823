"""Bundles of an audit: having one made, and noting that it was sent."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField

from vault.composing.papers import Sheet
from vault.domain.errors import Conflict, Invalid
from vault.services.bundles import bundles
from vault.services.bundles.options import BundleOptions
from vault.services.days import today
from vault.web.forms import PageForm, at_most
from vault.web.identity import current_actor, current_vault
from vault.web.refusals import say_why

blueprint = Blueprint("bundles", __name__, url_prefix="/a/<account_id>/audits/<audit_id>/bundles")


class BundleForm(PageForm):
    """What a person chooses about a bundle."""

    without_prices = BooleanField(_l("Without prices"))
    sheet = SelectField(_l("Paper"))
    contact = StringField(_l("Whom Amazon may ask"), at_most(200))

    def __init__(self) -> None:
        super().__init__()
        self.sheet.choices = [(Sheet.A4.value, "A4"), (Sheet.LETTER.value, "Letter")]

    def options(self) -> BundleOptions:
        sheet = Sheet(self.sheet.data)
        return BundleOptions(today(current_vault()), bool(self.without_prices.data), sheet, self.contact.data or "")


@blueprint.post("")
def create(account_id: str, audit_id: str) -> ResponseReturnValue:
    form = BundleForm()
    if not form.is_accepted():
        flash(gettext("The bundle was not made. Correct the marked fields."), "error")
        return _back(audit_id)
    try:
        bundles.ask_for_bundle(current_vault(), current_actor(), account_id, audit_id, form.options())
    except Conflict as error:
        say_why(error)
    else:
        flash(gettext("The bundle is being made. It appears here when it is ready."), "success")
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


def _back(audit_id: str) -> ResponseReturnValue:
    return redirect(url_for("audits.show", audit_id=audit_id, _anchor="bundle"), 303)
