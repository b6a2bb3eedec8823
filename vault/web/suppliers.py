"""Suppliers: who the goods come from, and every document that says so."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from vault.db.entities.accounts import Supplier
from vault.db.queries.documents import DocumentFilter, DocumentSort
from vault.domain.errors import Conflict, Invalid
from vault.domain.roles import Permission
from vault.services import browsing
from vault.services.documents import suppliers
from vault.web.forms import PageForm, at_most, required
from vault.web.identity import current_actor, current_vault
from vault.web.lists import page_addresses

blueprint = Blueprint("suppliers", __name__, url_prefix="/a/<account_id>/suppliers")


class SupplierForm(PageForm):
    """What a person can say about a supplier; `vault.services.documents.suppliers` checks it."""

    name = StringField(_l("Legal name"), required(300))
    address = TextAreaField(_l("Address"), at_most(600), render_kw={"rows": 3})
    country = StringField(_l("Country"), at_most(2), render_kw={"placeholder": "FR", "maxlength": 2})
    vat_number = StringField(_l("VAT number"), at_most(32))
    phone = StringField(_l("Phone"), at_most(64), render_kw={"inputmode": "tel"})
    email = StringField(_l("E-mail"), at_most(254), render_kw={"inputmode": "email"})
    website = StringField(_l("Website"), at_most(300), render_kw={"inputmode": "url"})


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    sought = request.args.get("q", "").strip()[:200]
    page = browsing.list_suppliers(current_vault(), current_actor(), account_id, sought, request.args.get("at"))
    return render_template("suppliers/index.html", page=page, sought=sought, pages=page_addresses(page))


@blueprint.get("/<supplier_id>")
def show(account_id: str, supplier_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    supplier = browsing.get_supplier(vault, actor, account_id, supplier_id)
    wanted = DocumentFilter(supplier_id=supplier_id)
    found = browsing.list_documents(vault, actor, account_id, wanted, DocumentSort.ISSUED, True, request.args.get("at"))
    return render_template(
        "suppliers/show.html",
        supplier=supplier,
        found=found,
        pages=page_addresses(found.page),
        may_change=actor.may(Permission.MANAGE, account_id),
    )


@blueprint.route("/<supplier_id>/change", methods=["GET", "POST"])
def change(account_id: str, supplier_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    supplier = browsing.get_supplier(vault, actor, account_id, supplier_id)
    actor.require(Permission.MANAGE, account_id)
    form = SupplierForm(obj=supplier)
    if form.is_accepted():
        details = suppliers.SupplierDetails(**{name: value or "" for name, value in form.data.items()})
        try:
            suppliers.change(vault, actor, supplier_id, details)
        except (Invalid, Conflict) as error:
            form.show(error)
        else:
            flash(gettext("Changed. Its documents are judged again in a moment."), "success")
            return redirect(url_for(".show", supplier_id=supplier_id), 303)
    return _form_page(supplier, form)


def _form_page(supplier: Supplier, form: SupplierForm) -> ResponseReturnValue:
    is_wrong = bool(form.errors or form.form_errors)
    return render_template("suppliers/change.html", supplier=supplier, form=form), 422 if is_wrong else 200
