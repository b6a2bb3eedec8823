"""Seller accounts: choosing one, opening one, and its particulars."""

import re

from babel import Locale
from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from vault.db.entities.accounts import SellerAccount
from vault.domain.errors import Invalid
from vault.domain.roles import Permission
from vault.domain.values import PostalAddress
from vault.services.register import accounts
from vault.services.register.accounts import AccountDetails
from vault.web.forms import PageForm, at_most, is_sent, required
from vault.web.identity import current_account, current_actor, current_vault
from vault.web.stores import store_choices

blueprint = Blueprint("accounts", __name__)

_COUNTRY = re.compile("[A-Z]{2}")


class AccountForm(PageForm):
    name = StringField(_l("Name in this vault"), required(200))
    legal_name = StringField(_l("Legal name"), required(200), render_kw={"autocomplete": "organization"})
    street = StringField(_l("Street and number"), required(300), render_kw={"autocomplete": "street-address"})
    postcode = StringField(_l("Postcode"), at_most(20), render_kw={"autocomplete": "postal-code"})
    city = StringField(_l("City"), required(120), render_kw={"autocomplete": "address-level2"})
    region = StringField(_l("State or region"), at_most(120), render_kw={"autocomplete": "address-level1"})
    country = SelectField(_l("Country"), required(2), render_kw={"autocomplete": "country"})
    vat_number = StringField(_l("VAT number"), at_most(32), render_kw={"spellcheck": "false"})
    marketplaces = SelectMultipleField(
        _l("Stores"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def prepare(self) -> None:
        """Fills the lists to choose from, in the reader's language."""
        names = (get_locale() or Locale("en")).territories
        codes = [str(code) for code in names if _COUNTRY.fullmatch(str(code)) and code != "ZZ"]
        countries = sorted((names[code], code) for code in codes)
        self.country.choices = [("", gettext("Choose …")), *((code, name) for name, code in countries)]
        self.marketplaces.choices = store_choices()

    def details(self) -> AccountDetails:
        return AccountDetails(
            name=self.name.data or "",
            legal_name=self.legal_name.data or "",
            address=PostalAddress(
                street=self.street.data or "",
                postcode=self.postcode.data or "",
                city=self.city.data or "",
                region=self.region.data or "",
                country=self.country.data or "",
            ),
            vat_number=self.vat_number.data or "",
            marketplaces=tuple(self.marketplaces.data or ()),
        )


@blueprint.get("/accounts")
def index() -> ResponseReturnValue:
    """The seller accounts that the person sees, to choose one from."""
    sought = request.args.get("name", "").strip()[:200]
    found = accounts.list_accounts(current_vault(), current_actor(), sought)
    return render_template("accounts/index.html", found=found, sought=sought)


@blueprint.route("/accounts/open", methods=["GET", "POST"])
def open_account() -> ResponseReturnValue:
    """For administrators. After the first account the way leads on to its catalogue."""
    actor = current_actor()
    actor.require_administrator()
    is_first = not actor.account_ids
    form = AccountForm()
    form.prepare()
    if form.is_accepted():
        try:
            account = accounts.open_account(current_vault(), actor, form.details())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("The seller account “%(name)s” is open.", name=account.name))
            onward = "imports.index" if "imports.index" in current_app.view_functions else "home.account"
            return redirect(url_for(onward, account_id=account.id))
    return render_template("accounts/open.html", form=form, is_first=is_first)


@blueprint.route("/a/<account_id>/settings", methods=["GET", "POST"])
def settings(account_id: str) -> ResponseReturnValue:
    account, actor = current_account(), current_actor()
    if is_sent():
        actor.require(Permission.MANAGE, account.id)
    form = AccountForm(**_particulars(account))
    form.prepare()
    if form.is_accepted():
        try:
            accounts.change_account(current_vault(), actor, account.id, form.details())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("The seller account is saved. Documents are judged again in a moment where this matters."))
            return redirect(url_for("accounts.settings"))
    return render_template("accounts/settings.html", form=form, may_change=actor.may(Permission.MANAGE, account.id))


def _particulars(account: SellerAccount) -> dict[str, object]:
    names = ("name", "legal_name", "street", "postcode", "city", "region", "country", "vat_number", "marketplaces")
    return {name: getattr(account, name) for name in names}
