"""Who outside may look at an audit, for those who decide that: inviting, the list, revoking, what guests see."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange

from vault.domain.errors import Conflict, Invalid
from vault.domain.roles import Permission
from vault.services.audits import guests
from vault.services.audits.guests import LONGEST_NAME, LONGEST_STAY, GuestRow
from vault.web import audit_words
from vault.web.forms import PageForm, is_sent, required
from vault.web.identity import current_actor, current_vault
from vault.web.letter_view import LETTERS

blueprint = Blueprint("audit_guests", __name__, url_prefix="/a/<account_id>/audits/<audit_id>/guests")


class GuestForm(PageForm):
    """Who is to look, and for how long."""

    name = StringField(_l("Who"), required(LONGEST_NAME), render_kw={"autocomplete": "off"})
    days = IntegerField(
        _l("For how many days"),
        [InputRequired(_l("Fill in this field.")), NumberRange(1, LONGEST_STAY)],
        default=7,
        render_kw={"inputmode": "numeric"},
    )
    may_have_bundles = BooleanField(_l("May download the bundles as well"))


@blueprint.route("", methods=["GET", "POST"])
def index(account_id: str, audit_id: str) -> ResponseReturnValue:
    """Everybody who was invited; sending the form invites, and the link is shown once."""
    vault, actor = current_vault(), current_actor()
    rows, form, invited = guests.list_guests(vault, actor, account_id, audit_id), GuestForm(), None
    if form.is_accepted():
        try:
            place = vault, actor, account_id, audit_id
            chosen = form.name.data or "", form.days.data or 0
            invited = guests.invite(*place, *chosen, may_have_bundles=form.may_have_bundles.data)
        except (Invalid, Conflict) as error:
            form.show(error)
        else:
            rows = guests.list_guests(vault, actor, account_id, audit_id)
            form.process()  # empty again, for the next one
    page = render_template("audits/guests.html", audit_id=audit_id, guests=rows, guest_form=form, invited=invited)
    return page, 422 if is_sent() and invited is None else 200


@blueprint.get("/preview")
def preview(account_id: str, audit_id: str) -> ResponseReturnValue:
    """What a guest sees."""
    view = guests.preview(current_vault(), current_actor(), account_id, audit_id)
    return render_template(
        "audits/guest_preview.html", audit_id=audit_id, view=view, words=audit_words, letter_words=LETTERS
    )


@blueprint.post("/<guest_id>/revoke")
def revoke(account_id: str, audit_id: str, guest_id: str) -> ResponseReturnValue:
    guests.revoke(current_vault(), current_actor(), account_id, audit_id, guest_id)
    flash(gettext("The access is revoked. The link opens nothing any more."), "success")
    return redirect(url_for("audits.show", audit_id=audit_id, _anchor="guests"), 303)


def panel_of(account_id: str, audit_id: str) -> dict[str, list[GuestRow] | GuestForm]:
    """What the panel on the audit's page shows; nothing to who may not invite."""
    vault, actor = current_vault(), current_actor()
    if not actor.may(Permission.MANAGE, account_id):
        return {}
    form = GuestForm()
    form.process()  # empty, also where another form of the page was sent
    return {"guests": guests.list_guests(vault, actor, account_id, audit_id), "guest_form": form}
